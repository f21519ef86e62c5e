package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.figures.Json;
import io.millrace.benchmarks.figures.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a long run has found.
 *
 * @param words what was done, in a line each
 * @param endedByKind how many workflows have ended as they should
 * @param series all that was looked at
 * @param leftBehind what should be gone and is not, by where it is
 * @param troubles what went wrong, with how often
 */
record SoakReport(
        List<String> words,
        Setting setting,
        Map<Kind, Long> endedByKind,
        List<Series> series,
        Map<String, Integer> leftBehind,
        Map<String, Integer> troubles) {

    /** Nothing grows, nothing is left, nothing went wrong. */
    boolean passed() {
        return growing().isEmpty() && leftBehind.isEmpty() && troubles.isEmpty();
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(words);
        lines.add(setting.words());
        lines.add("ended as they should: " + endedByKind);
        lines.add("");
        lines.add(String.format(
                "%-45s %14s %14s %14s %14s  %s", "series", "first fifth", "last fifth", "in an hour", "allowed", ""));
        series.forEach(each -> lines.add(row(each)));
        lines.add("");
        leftBehind.forEach((where, keys) -> lines.add("LEFT BEHIND  " + keys + " keys in " + where));
        troubles.forEach((what, times) -> lines.add("TROUBLE      " + times + " times: " + what));
        growing().forEach(name -> lines.add("GROWS        " + name));
        lines.add(passed() ? "passed: nothing grows, nothing is left behind, nothing went wrong" : "FAILED, see above");
        return String.join(System.lineSeparator(), lines);
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("passed", passed());
        json.put("what", words);
        json.put("setting", setting.json());
        json.put("ended", endedByKind);
        json.put("leftBehind", leftBehind);
        json.put("troubles", troubles);
        json.put("series", series.stream().map(SoakReport::json).toList());
        return Json.of(json);
    }

    private List<String> growing() {
        return series.stream()
                .filter(each -> each.trend().verdict() == Trend.Verdict.GROWS)
                .map(Series::name)
                .toList();
    }

    private static String row(Series series) {
        Trend trend = series.trend();
        return String.format(
                Locale.ROOT,
                "%-45s %14s %14s %14s %14s  %s",
                series.name(),
                series.text(trend.first()),
                series.text(trend.last()),
                (trend.perHour() > 0 ? "+" : "") + series.text(trend.perHour()),
                series.tolerance().judged() ? series.text(trend.allowed()) : "",
                words(trend.verdict()));
    }

    private static String words(Trend.Verdict verdict) {
        return switch (verdict) {
            case STEADY -> "steady";
            case GROWS -> "GROWS";
            case SHOWN -> "";
            case TOO_FEW -> "too few samples";
        };
    }

    private static Map<String, Object> json(Series series) {
        Trend trend = series.trend();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", series.name());
        json.put("unit", series.unit());
        json.put("verdict", trend.verdict());
        json.put("firstFifth", Json.rounded(trend.first()));
        json.put("lastFifth", Json.rounded(trend.last()));
        json.put("perHour", Json.rounded(trend.perHour()));
        json.put("allowed", Json.rounded(trend.allowed()));
        json.put(
                "points",
                series.points().stream()
                        .map(point -> List.of(Json.rounded(point.seconds()), Json.rounded(point.value())))
                        .toList());
        return json;
    }
}
