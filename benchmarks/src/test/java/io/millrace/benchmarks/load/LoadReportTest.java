package io.millrace.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.figures.CpuCost;
import io.millrace.benchmarks.figures.Latencies;
import io.millrace.benchmarks.figures.Rates;
import io.millrace.benchmarks.figures.Setting;
import io.millrace.benchmarks.load.progress.Depth;
import io.millrace.benchmarks.load.progress.Depth.Point;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadReportTest {
    private static final LoadReport REPORT = new LoadReport(
            "1,000 workflows",
            "own broker",
            new Setting("17", 2, 0.5),
            new Rates(1_000, 0.5, 2_000, new double[] {1_800, 2_250}),
            new LoadReport.Drained(
                    new Rates(990, 2, 500, new double[] {400, 500}), 1.2, Map.of(WorkflowStatus.COMPLETED, 990), 3),
            List.of(new CpuCost("enqueue", Map.of("engine", 62.4))),
            List.of(new Latencies("idle queue", List.of(10.0, 30.0)), new Latencies("urgent", List.of())),
            List.of(new BacklogProbes.Restart("stopped and started", 4.2)),
            Map.of("engine", 600L << 20),
            new Depth(List.of(new Point(0, 0), new Point(1, 1_000), new Point(3, 0)), List.of()));

    @Test
    void shouldSayEachFigureWithItsUnit() {
        String text = REPORT.text();
        String figures =
                text.substring(text.indexOf("enqueued"), text.indexOf("depth")).stripTrailing();
        assertEquals("""
                enqueued                    2,000 /s  overall: 1,000 in 500 ms
                                            2,000 /s  median of the seconds
                                                80 %  slowest tenth of fastest; the tenths per second:
                    1,800 2,250
                ended                         495 /s  overall: 990 in 2.0 s
                                              500 /s  median of the seconds
                                                80 %  slowest tenth of fastest; the tenths per second:
                    400 500
                first end                      1.2 s  after the workers' start
                ended as                              {COMPLETED=990}
                workers killed                     3
                CPU per workflow               62 µs  engine, enqueue
                p50 / p99             10.0 / 30.0 ms  idle queue (2)
                no probe                              urgent
                engine serves again            4.2 s  stopped and started
                peak memory (RSS)             600 MB  engine""", figures);
        assertTrue(text.contains("2 cores, Java 17, load average before: 0.5"), text);
    }

    @Test
    void shouldHaveEverythingInTheJson() throws Exception {
        JsonNode json = new ObjectMapper().readTree(REPORT.json());
        assertEquals(2_000, json.at("/enqueue/perSecond").asDouble());
        assertEquals(80, json.at("/drain/slowestToFastestTenthPercent").asDouble());
        assertEquals(990, json.at("/drain/ends/COMPLETED").asInt());
        assertEquals(30, json.at("/latencies/0/p99Ms").asDouble());
        assertEquals(0, json.at("/latencies/1/count").asInt());
        assertEquals(4.2, json.at("/restarts/0/seconds").asDouble());
        assertEquals(600L << 20, json.at("/peakResidentBytes/engine").asLong());
        assertEquals(1_000, json.at("/depth/points/1/depth").asLong());
    }
}
