package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.Json;
import io.millrace.benchmarks.figures.Setting;
import io.millrace.benchmarks.figures.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the turns of a scenario have found.
 *
 * @param words what was done
 * @param processes how the processes were run
 */
record ScenarioReport(String words, String processes, Setting setting, List<List<Figure>> turns) {
    String text() {
        List<String> lines = new ArrayList<>(List.of(
                "",
                words,
                processes + "; " + setting.words(),
                turns.size() == 1 ? "one turn" : "median of " + turns.size() + " turns, and the lowest and the highest",
                ""));
        FigureOverTurns.of(turns).forEach(figure -> lines.add(row(figure)));
        return String.join(System.lineSeparator(), lines);
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", words);
        json.put("processes", processes);
        json.put("setting", setting.json());
        json.put("turns", turns.size());
        json.put(
                "figures",
                FigureOverTurns.of(turns).stream().map(FigureOverTurns::json).toList());
        return Json.of(json);
    }

    private static String row(FigureOverTurns figure) {
        Spread spread = figure.spread();
        String goal = figure.goal() == null
                ? ""
                : "goal " + figure.goal() + (figure.goal().isMet(spread.median()) ? ", met" : ", MISSED");
        return String.format(
                        Locale.ROOT,
                        "%-58s %12s %-5s (%s .. %s)  %s",
                        figure.what(),
                        number(spread.median()),
                        figure.unit(),
                        number(spread.lowest()),
                        number(spread.highest()),
                        goal)
                .stripTrailing();
    }

    /** With as many digits as tell something. */
    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%,.2f", value);
    }
}
