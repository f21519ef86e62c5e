package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same figure of all turns.
 *
 * @param values in rising order
 */
record Spread(String what, String unit, @Nullable Goal goal, List<Double> values) {
    Spread {
        values = values.stream().sorted().toList();
    }

    /** One for each figure, in the order in which the first turn has them. */
    static List<Spread> of(List<List<Figure>> turns) {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        turns.forEach(turn -> turn.forEach(figure -> byName.computeIfAbsent(figure.what(), first -> new ArrayList<>())
                .add(figure)));
        return byName.values().stream()
                .map(figures -> new Spread(
                        figures.get(0).what(),
                        figures.get(0).unit(),
                        figures.get(0).goal(),
                        figures.stream().map(Figure::value).toList()))
                .toList();
    }

    double median() {
        return (values.get((values.size() - 1) / 2) + values.get(values.size() / 2)) / 2;
    }

    double lowest() {
        return values.get(0);
    }

    double highest() {
        return values.get(values.size() - 1);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", what);
        json.put("unit", unit);
        json.put("median", Json.rounded(median()));
        json.put("lowest", Json.rounded(lowest()));
        json.put("highest", Json.rounded(highest()));
        if (goal != null) {
            json.put("goal", goal.toString());
            json.put("met", goal.isMet(median()));
        }
        return json;
    }
}
