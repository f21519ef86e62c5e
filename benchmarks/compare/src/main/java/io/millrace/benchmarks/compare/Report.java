package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.compare.systems.MillraceContender;
import io.millrace.benchmarks.compare.systems.Mode;
import io.millrace.benchmarks.figures.Json;
import io.millrace.benchmarks.figures.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is said in the end.
 *
 * @param command that would repeat it
 * @param date when it began
 * @param callersTried the numbers of callers among which each system's best was looked for
 * @param systems in their order
 * @param skipped what is missing, by system
 */
record Report(
        String command,
        String date,
        Machine machine,
        List<Integer> callersTried,
        List<Described> systems,
        Map<String, String> skipped,
        List<Measurement> measurements) {

    /** A system, in words. */
    record Described(String name, String versions, String durability, String remarks) {}

    /** One line of a table. */
    record Row(String system, Mode mode, Spread spread, String callers) {
        String name() {
            return system + " " + mode.word();
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Millrace and its peers\n\n");
        text.append(date)
                .append(", `")
                .append(command)
                .append("`\n\n")
                .append(machine.text())
                .append(".\n");
        text.append(howToRead());
        for (Metric metric : Metric.values()) {
            List<Row> rows = rows(metric);
            if (!rows.isEmpty()) {
                text.append("\n## ").append(metric.title()).append("\n\n").append(ReportTable.of(metric, rows));
            }
        }
        text.append("\n## What ran, and what its durability means\n");
        systems.forEach(each -> text.append("\n- **")
                .append(each.name())
                .append("** (")
                .append(each.versions())
                .append("). ")
                .append(each.durability())
                .append(' ')
                .append(each.remarks())
                .append('\n'));
        skipped.forEach((name, reason) -> text.append("\n- **")
                .append(name)
                .append("** was left out: ")
                .append(reason)
                .append('\n'));
        return text.toString();
    }

    /** Everything, each single value among it. */
    String json() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("command", command);
        figures.put("date", date);
        figures.put("machine", machine);
        figures.put("callersTried", callersTried);
        figures.put("systems", systems);
        figures.put("skipped", skipped);
        Map<String, Object> medians = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            medians.put(metric.title(), rows(metric));
        }
        figures.put("medians", medians);
        figures.put("measurements", measurements);
        return Json.of(figures) + "\n";
    }

    /** Of one metric, in the order of the systems. */
    List<Row> rows(Metric metric) {
        Map<String, List<Measurement>> groups = new LinkedHashMap<>();
        for (Measurement each : measurements) {
            if (each.metric() == metric) {
                groups.computeIfAbsent(each.system() + each.mode(), key -> new ArrayList<>())
                        .add(each);
            }
        }
        return groups.values().stream().map(Report::row).toList();
    }

    private static Row row(List<Measurement> same) {
        Measurement first = same.get(0);
        return new Row(
                first.system(),
                first.mode(),
                Spread.of(same.stream().map(Measurement::value).toList()),
                String.format(Locale.ROOT, "%,d", first.callers()));
    }

    private String howToRead() {
        StringBuilder text = new StringBuilder();
        text.append(
                turns() == 1
                        ? "One turn: these are no medians, and say nothing of the spread."
                        : "Medians of " + turns() + " turns, lowest and highest beside them.");
        text.append(
                        " Rates and times are those of callers, from the start of a workflow until its result is in their hands, for every system;")
                .append(" the rates with the number of callers, of ")
                .append(callersTried)
                .append(", at which the system did most.");
        if (measurements.stream().anyMatch(each -> MillraceContender.isOne(each.system()))) {
            text.append(
                    " The last columns say how many times as good Millrace is, by the medians (more than 1: Millrace is better).");
        }
        return text.append('\n').toString();
    }

    private int turns() {
        return measurements.stream().mapToInt(Measurement::turn).max().orElse(0);
    }
}
