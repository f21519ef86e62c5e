package io.millrace.standalone.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The series of each name, for names that users choose: the first ones have series of their own, and all later ones share one. Thread-safe. */
final class ByName<T> {
    /** More workflow types than a dashboard can show; each has some fifty series. */
    static final int MOST = 50;

    /** The name that all names share for which there is no more room. */
    static final String OTHER = "other";

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Function<String, T> series;

    /** Makes the series of a name when it comes for the first time. */
    ByName(Function<String, T> series) {
        this.series = series;
    }

    T of(String name) {
        T found = known.get(name);
        return found == null ? added(name) : found;
    }

    private synchronized T added(String name) {
        String label = known.containsKey(name) || known.size() < MOST ? name : OTHER;
        return known.computeIfAbsent(label, series);
    }
}
