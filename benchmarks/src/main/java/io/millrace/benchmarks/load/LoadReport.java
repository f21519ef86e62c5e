package io.millrace.benchmarks.load;

import io.millrace.benchmarks.figures.CpuCost;
import io.millrace.benchmarks.figures.Json;
import io.millrace.benchmarks.figures.Latencies;
import io.millrace.benchmarks.figures.Rates;
import io.millrace.benchmarks.figures.Setting;
import io.millrace.benchmarks.figures.Spans;
import io.millrace.benchmarks.load.progress.Depth;
import io.millrace.benchmarks.load.progress.DepthChart;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has found.
 *
 * @param what was done
 * @param processes how the processes were run
 * @param drain how fast it drained; {@code null} where no workers ran
 * @param costs in processor time, where the processes are this program's
 * @param memory the largest resident bytes of each process
 */
record LoadReport(
        String what,
        String processes,
        Setting setting,
        Rates enqueue,
        @Nullable Drained drain,
        List<CpuCost> costs,
        List<Latencies> latencies,
        List<BacklogProbes.Restart> restarts,
        Map<String, Long> memory,
        Depth depth) {

    /**
     * How it drained.
     *
     * @param rates from the first end on
     * @param secondsToFirst from the start of the workers to the first end
     * @param ends how many ended how
     * @param workersKilled how many workers were killed meanwhile
     */
    record Drained(Rates rates, double secondsToFirst, Map<WorkflowStatus, Integer> ends, int workersKilled) {}

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(what);
        lines.add(processes + "; " + setting.words());
        lines.add("");
        lines.addAll(rates("enqueued", enqueue));
        if (drain != null) {
            lines.addAll(rates("ended", drain.rates()));
            lines.add(line("first end", Spans.passed(seconds(drain.secondsToFirst())), "after the workers' start"));
            lines.add(line("ended as", "", drain.ends().toString()));
            if (drain.workersKilled() > 0) {
                lines.add(line("workers killed", Integer.toString(drain.workersKilled()), ""));
            }
        }
        for (CpuCost cost : costs) {
            cost.microsPerWorkflow()
                    .forEach((process, micros) -> lines.add(line(
                            "CPU per workflow",
                            String.format(Locale.ROOT, "%,.0f µs", micros),
                            process + ", " + cost.phase())));
        }
        latencies.forEach(each -> lines.add(latency(each)));
        restarts.forEach(
                each -> lines.add(line("engine serves again", Spans.passed(seconds(each.seconds())), each.what())));
        memory.forEach((name, bytes) ->
                lines.add(line("peak memory (RSS)", String.format(Locale.ROOT, "%,d MB", bytes >> 20), name)));
        lines.add("");
        lines.add("depth (accepted and not ended)");
        lines.add(DepthChart.of(depth).stripTrailing());
        return String.join(System.lineSeparator(), lines);
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", what);
        json.put("processes", processes);
        json.put("setting", setting.json());
        json.put("enqueue", enqueue.json());
        if (drain != null) {
            Map<String, Object> drained = drain.rates().json();
            drained.put("secondsToFirst", Json.rounded(drain.secondsToFirst()));
            drained.put("ends", drain.ends());
            drained.put("workersKilled", drain.workersKilled());
            json.put("drain", drained);
        }
        json.put("cpu", costs);
        json.put("latencies", latencies.stream().map(Latencies::json).toList());
        json.put("restarts", restarts);
        json.put("peakResidentBytes", memory);
        json.put("depth", depth);
        return Json.of(json);
    }

    private static List<String> rates(String what, Rates rates) {
        StringBuilder tenths = new StringBuilder();
        for (double tenth : rates.tenthsPerSecond()) {
            tenths.append(String.format(Locale.ROOT, "%,.0f ", tenth));
        }
        return List.of(
                line(
                        what,
                        perSecond(rates.perSecond()),
                        String.format(
                                Locale.ROOT,
                                "overall: %,d in %s",
                                rates.count(),
                                Spans.passed(seconds(rates.seconds())))),
                line("", perSecond(rates.medianPerSecond()), "median of the seconds"),
                line(
                        "",
                        String.format(Locale.ROOT, "%.0f %%", rates.flatness()),
                        "slowest tenth of fastest; the tenths per second:"),
                "    " + tenths.toString().stripTrailing());
    }

    private static String latency(Latencies latencies) {
        if (latencies.millis().isEmpty()) {
            return line("no probe", "", latencies.what());
        }
        String p50AndP99 =
                String.format(Locale.ROOT, "%,.1f / %,.1f ms", latencies.percentile(50), latencies.percentile(99));
        return line(
                "p50 / p99",
                p50AndP99,
                latencies.what() + " (" + latencies.millis().size() + ")");
    }

    private static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%,.0f /s", rate);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static String line(String what, String figure, String about) {
        return String.format(Locale.ROOT, "%-19s %16s  %s", what, figure, about).stripTrailing();
    }
}
