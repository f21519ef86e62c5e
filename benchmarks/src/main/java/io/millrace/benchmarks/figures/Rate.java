package io.millrace.benchmarks.figures;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in so long, as people write it: {@code 10000/s}, {@code 100/1s}, {@code 5/250ms}.
 *
 * @param permits how many, at least 1
 * @param period in how long
 */
public record Rate(int permits, Duration period) {
    private static final Pattern WRITTEN = Pattern.compile("([0-9][0-9_]{0,8})/([0-9]{0,9})(ms|s|m|h)");

    /** Reads what a user wrote. */
    public static Rate parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a rate: write it as 10000/s, 100/1s or 5/250ms");
        }
        int permits = Integer.parseInt(matcher.group(1).replace("_", ""));
        String number = matcher.group(2).isEmpty() ? "1" : matcher.group(2);
        Duration period = Spans.parse(number + matcher.group(3));
        if (permits < 1 || period.isZero()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" lets nothing through: a rate is at least 1 in some time");
        }
        return new Rate(permits, period);
    }

    /** How many in a second. */
    public double perSecond() {
        return permits * 1e9 / period.toNanos();
    }

    /** When number {@code index} (from 0) is due, in nanoseconds after the first. */
    public long dueNanos(long index) {
        return (long) (index / (double) permits * period.toNanos());
    }

    @Override
    public String toString() {
        return permits + "/" + Spans.text(period);
    }
}
