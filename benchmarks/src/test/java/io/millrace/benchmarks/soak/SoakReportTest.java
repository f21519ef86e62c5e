package io.millrace.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.figures.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {
    private static final Series STEADY = series("steady", 0);
    private static final Series GROWING = series("growing", 10);

    @Test
    void shouldPassWhereNothingIsWrong() {
        SoakReport report = report(List.of(STEADY), Map.of(), Map.of());

        assertTrue(report.passed());
        assertTrue(report.text().contains("passed"), report.text());
    }

    @Test
    void shouldFailForWhatGrowsAndNameIt() {
        SoakReport report = report(List.of(STEADY, GROWING), Map.of(), Map.of());

        assertFalse(report.passed());
        assertTrue(report.text().contains("GROWS        growing"), report.text());
        assertTrue(TrendsSvg.of(report.series()).contains("class=\"grows\""));
    }

    @Test
    void shouldFailForWhatIsLeftBehind() {
        SoakReport report = report(List.of(STEADY), Map.of("status", 3), Map.of());

        assertFalse(report.passed());
        assertTrue(report.text().contains("3 keys in status"), report.text());
    }

    @Test
    void shouldFailForTroubles() {
        SoakReport report = report(List.of(STEADY), Map.of(), Map.of("a thing", 2));

        assertFalse(report.passed());
        assertTrue(report.text().contains("2 times: a thing"), report.text());
    }

    @Test
    void shouldWriteEachPointAsJson() {
        String json = report(List.of(STEADY), Map.of(), Map.of()).json();

        assertEquals(STEADY.points().size(), json.split("100\\.0 \\]", -1).length - 1, json);
    }

    private static SoakReport report(List<Series> series, Map<String, Integer> left, Map<String, Integer> troubles) {
        return new SoakReport(List.of("a run"), new Setting("17", 2, 0.5), Map.of(), series, left, troubles);
    }

    private static Series series(String name, double each) {
        return new Series(
                name,
                Series.Unit.COUNT,
                Tolerance.THREADS,
                IntStream.range(0, 60)
                        .mapToObj(i -> new Trend.Point(i, 100 + each * i))
                        .toList());
    }
}
