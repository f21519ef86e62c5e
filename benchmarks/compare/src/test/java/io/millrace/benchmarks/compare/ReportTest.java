package io.millrace.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.compare.Report.Described;
import io.millrace.benchmarks.compare.systems.Mode;
import io.millrace.benchmarks.figures.Spread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Report REPORT = new Report(
            "./millrace compare --turns 2",
            "2026-11-26T20:00:00Z",
            new Machine(2, "a processor", 24, "a Java", "a Linux", "ext4", 0.5, 0.1),
            List.of(16, 256),
            List.of(new Described("millrace", "Kafka 4", "It survives.", "It is ours.")),
            Map.of("littlehorse", "no JDK 25"),
            List.of(
                    rate(1, "millrace", Mode.EAGER, 12_000),
                    rate(1, "dbos", Mode.EAGER, 900),
                    rate(2, "millrace", Mode.EAGER, 10_000),
                    rate(2, "dbos", Mode.EAGER, 1_100),
                    new Measurement(1, "millrace", Mode.EAGER, Metric.LATENCY_P50, 1, 1.25),
                    new Measurement(1, "dbos", Mode.EAGER, Metric.LATENCY_P50, 1, 2)));

    @Test
    void shouldSayMedianSpreadAndRatio() {
        String text = REPORT.markdown();
        assertTrue(text.contains("""
                ## One-step workflows per second

                | system         | median /s | lowest - highest | callers | millrace eager |
                |----------------| ---------:| ----------------:| -------:| --------------:|
                | millrace eager |    11,000 |  10,000 - 12,000 |     256 |                |
                | dbos eager     |     1,000 |      900 - 1,100 |     256 |          11.0x |
                """), text);
    }

    @Test
    void shouldTurnTheRatioRoundWhereLessIsBetter() {
        String text = REPORT.markdown();
        assertTrue(text.contains("| dbos eager     |      2.00 |      2.00 - 2.00 |       1 |           1.6x |"), text);
    }

    @Test
    void shouldSayToTwoDigitsHowMuchWorseMillraceIs() {
        String text = ReportTable.of(
                Metric.STEP,
                List.of(
                        new Report.Row("millrace", Mode.EAGER, Spread.of(List.of(5.0)), "1"),
                        new Report.Row("dbos", Mode.EAGER, Spread.of(List.of(0.3)), "1")));
        assertTrue(text.contains(" 0.06x |"), text);
    }

    @Test
    void shouldSayHowItIsToBeRead() {
        String text = REPORT.markdown();
        assertTrue(text.contains("Medians of 2 turns, lowest and highest beside them."), text);
        assertTrue(text.contains("with the number of callers, of [16, 256], at which"), text);
        assertTrue(text.contains("how many times as good Millrace is"), text);
    }

    @Test
    void shouldNotCallOneTurnAMedianNorNameColumnsThatAreNotThere() {
        String text = new Report(
                        "c",
                        "d",
                        REPORT.machine(),
                        List.of(1),
                        List.of(),
                        Map.of(),
                        List.of(rate(1, "dbos", Mode.EAGER, 1)))
                .markdown();
        assertTrue(text.contains("One turn: these are no medians"), text);
        assertFalse(text.contains("as good"), text);
    }

    @Test
    void shouldLeaveOutWhatWasNotMeasured() {
        assertFalse(REPORT.markdown().contains(Metric.DRAIN.title()));
    }

    @Test
    void shouldSayWhatRanOnWhatAndWhatDidNot() {
        String text = REPORT.markdown();
        assertTrue(text.contains("`./millrace compare --turns 2`"), text);
        assertTrue(text.contains("2 cores (a processor), 24 GB, a Linux; a Java; data on ext4"), text);
        assertTrue(text.contains("- **millrace** (Kafka 4). It survives. It is ours."), text);
        assertTrue(text.contains("- **littlehorse** was left out: no JDK 25"), text);
    }

    @Test
    void shouldWriteEachValueAsJson() throws Exception {
        JsonNode json = new ObjectMapper().readTree(REPORT.json());
        assertEquals(6, json.get("measurements").size());
        assertEquals("eager", json.get("measurements").get(0).get("mode").asText());
        assertEquals(
                1_000,
                json.get("medians")
                        .get(Metric.ONE_STEP.title())
                        .get(1)
                        .get("spread")
                        .get("median")
                        .asDouble());
        assertEquals(2, json.get("machine").get("cores").asInt());
    }

    private static Measurement rate(int turn, String system, Mode mode, double value) {
        return new Measurement(turn, system, mode, Metric.ONE_STEP, 256, value);
    }
}
