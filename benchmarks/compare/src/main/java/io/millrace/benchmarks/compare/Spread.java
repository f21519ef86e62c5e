package io.millrace.benchmarks.compare;

import java.util.List;

/** What several turns of the same come to. */
record Spread(double median, double lowest, double highest, int turns) {
    /** Of at least one value. */
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values, no spread");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int number = sorted.size();
        double median = (sorted.get((number - 1) / 2) + sorted.get(number / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(number - 1), number);
    }
}
