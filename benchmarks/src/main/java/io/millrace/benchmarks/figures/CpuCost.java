package io.millrace.benchmarks.figures;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one workflow costs in a phase: unlike a rate, it hardly depends on what else the machine does.
 *
 * @param phase of the run
 * @param microsPerWorkflow the processor time of each process, in microseconds for each workflow; compiler and garbage collector included
 */
public record CpuCost(String phase, Map<String, Double> microsPerWorkflow) {
    /**
     * The difference of two looks.
     *
     * @param before nanoseconds of processor time of each process, by name
     * @param after the same later
     */
    public static CpuCost between(String phase, Map<String, Long> before, Map<String, Long> after, long workflows) {
        Map<String, Double> micros = new TreeMap<>();
        after.forEach((name, nanos) -> {
            double spent = nanos - before.getOrDefault(name, 0L);
            micros.put(name, Json.rounded(spent / 1_000 / Math.max(1, workflows)));
        });
        return new CpuCost(phase, micros);
    }
}
