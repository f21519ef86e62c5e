package io.millrace.benchmarks.soak;

import java.util.LinkedHashMap;
import java.util.Map;

/** What went wrong, each with how often: in hours the same may happen a thousand times. Thread-safe. */
final class Troubles {
    /** Different ones that are kept; more than that nobody reads. */
    private static final int MOST = 50;

    private final Map<String, Integer> counts = new LinkedHashMap<>();

    synchronized void add(String what) {
        if (counts.containsKey(what) || counts.size() < MOST) {
            counts.merge(what, 1, Integer::sum);
        }
    }

    /** All of them, in the order in which they first came. */
    synchronized Map<String, Integer> all() {
        return new LinkedHashMap<>(counts);
    }
}
