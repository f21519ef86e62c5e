package io.millrace.benchmarks.figures;

import java.util.Arrays;
import java.util.List;

/**
 * What several turns of the same come to.
 *
 * @param turns how many there were
 */
public record Spread(double median, double lowest, double highest, int turns) {
    /** Of at least one value. */
    public static Spread of(List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        double median = median(all);
        return new Spread(
                median,
                Arrays.stream(all).min().orElseThrow(),
                Arrays.stream(all).max().orElseThrow(),
                all.length);
    }

    /** The one in the middle of at least one value, or the mean of the two there. */
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values, no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
