package io.millrace.standalone.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The series of each name, for names that users choose: the first ones have series of their own, and all later ones share one. Thread-safe. */
final class ByName<T> {
    /** More workflow types than a dashboard can show; each has some fifty series. */
    static final int MOST = 50;

    /** The name that all names share for which there is no more room. */
    static final String OTHER = "other";

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Function<String, T> series;
    private volatile @Nullable T other;

    /** Makes the series of a name when it comes for the first time. */
    ByName(Function<String, T> series) {
        this.series = series;
    }

    T of(String name) {
        T found = known.get(name);
        if (found != null) {
            return found;
        }
        // Where there is no more room, names without a series may come all the time, on all stream threads.
        T shared = other;
        return shared == null ? added(name) : shared;
    }

    private synchronized T added(String name) {
        if (known.containsKey(name) || known.size() < MOST) {
            return known.computeIfAbsent(name, series);
        }
        T shared = known.computeIfAbsent(OTHER, series);
        other = shared;
        return shared;
    }
}
