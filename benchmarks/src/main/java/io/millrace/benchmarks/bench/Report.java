package io.millrace.benchmarks.bench;

import java.util.Locale;

/**
 * What a run has found.
 *
 * @param enginePerSecond how many workflows a second the engine completed meanwhile: eager results do not wait for it
 * @param stepP50Ms from the beginning of one step to the beginning of the next, in one workflow that runs alone
 * @param engineBehindSeconds how long the engine went on after the last result; more than a moment means that the rate cannot last
 * @param peakRssMb the largest resident memory of this process: callers, client and worker; 0 where the system does not tell
 */
record Report(
        double workflowsPerSecond,
        double stepsPerSecond,
        double enginePerSecond,
        double p50Ms,
        double p99Ms,
        double stepP50Ms,
        double peakRssMb,
        double engineBehindSeconds) {

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"workflowsPerSecond\":%.1f,\"stepsPerSecond\":%.1f,\"engineWorkflowsPerSecond\":%.1f,\"p50Ms\":%.3f,\"p99Ms\":%.3f,"
                        + "\"stepP50Ms\":%.3f,\"peakRssMb\":%.1f,\"engineBehindSeconds\":%.2f}",
                workflowsPerSecond,
                stepsPerSecond,
                enginePerSecond,
                p50Ms,
                p99Ms,
                stepP50Ms,
                peakRssMb,
                engineBehindSeconds);
    }

    String text() {
        return String.join(
                System.lineSeparator(),
                line("workflows/s", "%,.0f", workflowsPerSecond, ""),
                line("steps/s", "%,.0f", stepsPerSecond, ""),
                line("completed by the engine", "%,.0f", enginePerSecond, "workflows/s meanwhile"),
                line("start to result, p50", "%,.1f", p50Ms, "ms"),
                line("start to result, p99", "%,.1f", p99Ms, "ms"),
                line("one more step, p50", "%,.3f", stepP50Ms, "ms"),
                line("peak memory (RSS)", "%,.0f", peakRssMb, "MB in this process"),
                line("engine behind by", "%,.1f", engineBehindSeconds, "s when the last result was there"));
    }

    private static String line(String what, String format, double value, String unit) {
        return String.format(Locale.ROOT, "%-24s %10s %s", what, String.format(Locale.ROOT, format, value), unit)
                .stripTrailing();
    }
}
