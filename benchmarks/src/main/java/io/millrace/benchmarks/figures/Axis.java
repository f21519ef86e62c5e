package io.millrace.benchmarks.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
public final class Axis {
    private Axis() {}

    /** Multiples of 1, 2 or 5 times a power of ten, from 0 to the highest, about so many of them. */
    public static List<Double> ticks(double highest, int about) {
        double step = step(highest / about);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= highest * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double step(double atLeast) {
        if (atLeast <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= atLeast * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** A count in few characters: 950, 12k, 1.5M. */
    public static String count(double value) {
        if (value >= 1_000_000) {
            return trimmed(value / 1_000_000) + "M";
        }
        return value >= 1_000 ? trimmed(value / 1_000) + "k" : trimmed(value);
    }

    /** A time in few characters: 45 s, 12 min. */
    public static String time(double seconds) {
        return seconds >= 600 ? trimmed(seconds / 60) + " min" : trimmed(seconds) + " s";
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
