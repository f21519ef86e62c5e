package io.millrace.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Report REPORT = new Report(4_321.4, 21_607, 4_300, 12.345, 98.7654, 0.2512, 512, 0.06);

    @Test
    void shouldSayEachFigureWithItsUnit() {
        String expected = """
                workflows/s                   4,321
                steps/s                      21,607
                completed by the engine       4,300 workflows/s meanwhile
                start to result, p50           12.3 ms
                start to result, p99           98.8 ms
                one more step, p50            0.251 ms
                peak memory (RSS)               512 MB in this process
                engine behind by                0.1 s when the last result was there""";
        assertEquals(expected, REPORT.text());
    }

    @Test
    void shouldBeOneJsonObjectForScripts() {
        assertEquals(
                "{\"workflowsPerSecond\":4321.4,\"stepsPerSecond\":21607.0,\"engineWorkflowsPerSecond\":4300.0,\"p50Ms\":12.345,\"p99Ms\":98.765,"
                        + "\"stepP50Ms\":0.251,\"peakRssMb\":512.0,\"engineBehindSeconds\":0.06}",
                REPORT.json());
    }
}
