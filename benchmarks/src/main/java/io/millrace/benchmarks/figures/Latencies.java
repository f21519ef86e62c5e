package io.millrace.benchmarks.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * How long each of several things took.
 *
 * @param what is measured, for a person
 * @param millis of each
 */
public record Latencies(String what, List<Double> millis) {
    public Latencies {
        millis = millis.stream().sorted().toList();
    }

    /** Does something so often, one after the other; it is told its number, from 0. */
    public static Latencies of(String what, int times, IntConsumer action) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            action.accept(i);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return new Latencies(what, millis);
    }

    /** The least time in which so many percent of them were done (nearest rank). */
    public double percentile(double percent) {
        if (millis.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * millis.size());
        return millis.get(Math.max(0, rank - 1));
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", what);
        json.put("count", millis.size());
        if (!millis.isEmpty()) {
            json.put("p50Ms", Json.rounded(percentile(50)));
            json.put("p99Ms", Json.rounded(percentile(99)));
            json.put("maxMs", Json.rounded(percentile(100)));
        }
        return json;
    }
}
