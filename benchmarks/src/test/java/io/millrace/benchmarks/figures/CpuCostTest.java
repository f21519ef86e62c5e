package io.millrace.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuCostTest {
    @Test
    void shouldSpreadWhatWasSpentMeanwhileOverTheWorkflows() {
        CpuCost cost = CpuCost.between(
                "enqueue",
                Map.of("engine", 1_000_000_000L),
                Map.of("engine", 1_500_000_000L, "broker", 20_000_000L),
                10_000);
        assertEquals(Map.of("engine", 50.0, "broker", 2.0), cost.microsPerWorkflow());
    }
}
