package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.Json;
import io.millrace.benchmarks.figures.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same figure of all turns. */
record FigureOverTurns(String what, String unit, @Nullable Goal goal, Spread spread) {
    /** One for each figure, in the order in which the first turn has them. */
    static List<FigureOverTurns> of(List<List<Figure>> turns) {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        turns.forEach(turn -> turn.forEach(figure -> byName.computeIfAbsent(figure.what(), first -> new ArrayList<>())
                .add(figure)));
        return byName.values().stream().map(FigureOverTurns::ofSame).toList();
    }

    private static FigureOverTurns ofSame(List<Figure> figures) {
        Figure first = figures.get(0);
        Spread spread = Spread.of(figures.stream().map(Figure::value).toList());
        return new FigureOverTurns(first.what(), first.unit(), first.goal(), spread);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", what);
        json.put("unit", unit);
        json.put("median", Json.rounded(spread.median()));
        json.put("lowest", Json.rounded(spread.lowest()));
        json.put("highest", Json.rounded(spread.highest()));
        if (goal != null) {
            json.put("goal", goal.toString());
            json.put("met", goal.isMet(spread.median()));
        }
        return json;
    }
}
