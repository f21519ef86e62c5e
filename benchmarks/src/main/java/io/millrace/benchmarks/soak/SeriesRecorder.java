package io.millrace.benchmarks.soak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects series. Thread-safe. */
final class SeriesRecorder {
    private final long beganAt = System.nanoTime();
    private final Map<String, Recorded> series = new LinkedHashMap<>();

    private record Recorded(Series.Unit unit, Tolerance tolerance, List<Trend.Point> points) {}

    synchronized void add(String name, Series.Unit unit, Tolerance tolerance, double value) {
        double seconds = (System.nanoTime() - beganAt) / 1e9;
        series.computeIfAbsent(name, added -> new Recorded(unit, tolerance, new ArrayList<>()))
                .points()
                .add(new Trend.Point(seconds, value));
    }

    void bytes(String name, Tolerance tolerance, double value) {
        add(name, Series.Unit.BYTES, tolerance, value);
    }

    void count(String name, Tolerance tolerance, double value) {
        add(name, Series.Unit.COUNT, tolerance, value);
    }

    /** All of them so far, by name. */
    synchronized List<Series> all() {
        List<Series> all = new ArrayList<>();
        series.forEach((name, recorded) ->
                all.add(new Series(name, recorded.unit(), recorded.tolerance(), recorded.points())));
        all.sort(Comparator.comparing(Series::name));
        return all;
    }
}
