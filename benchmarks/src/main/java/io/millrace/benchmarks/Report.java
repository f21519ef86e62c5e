package io.millrace.benchmarks;

import java.util.Locale;

/**
 * What a run has found.
 *
 * @param stepP50Ms from the beginning of one step to the beginning of the next, in one workflow that runs alone
 * @param engineBehindSeconds how long the engine went on after the last result; more than a moment means that the rate cannot last
 * @param peakRssMb the largest resident memory of this process: callers, client and worker; 0 where the system does not tell
 */
record Report(
        double workflowsPerSecond,
        double stepsPerSecond,
        double p50Ms,
        double p99Ms,
        double stepP50Ms,
        double peakRssMb,
        double engineBehindSeconds) {

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"workflowsPerSecond\":%.1f,\"stepsPerSecond\":%.1f,\"p50Ms\":%.3f,\"p99Ms\":%.3f,"
                        + "\"stepP50Ms\":%.3f,\"peakRssMb\":%.1f,\"engineBehindSeconds\":%.2f}",
                workflowsPerSecond,
                stepsPerSecond,
                p50Ms,
                p99Ms,
                stepP50Ms,
                peakRssMb,
                engineBehindSeconds);
    }

    String text() {
        return String.format(Locale.ROOT, """
                workflows/s              %,10.0f
                steps/s                  %,10.0f
                start to result, p50     %,10.1f ms
                start to result, p99     %,10.1f ms
                one more step, p50       %,10.3f ms
                peak memory (RSS)        %,10.0f MB in this process
                engine behind by         %,10.1f s when the last result was there""", workflowsPerSecond, stepsPerSecond, p50Ms, p99Ms, stepP50Ms, peakRssMb);
    }
}
