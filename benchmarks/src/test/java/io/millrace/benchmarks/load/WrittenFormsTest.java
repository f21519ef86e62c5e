package io.millrace.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.figures.Rate;
import io.millrace.benchmarks.figures.Spans;
import io.millrace.benchmarks.load.mix.Priorities;
import io.millrace.benchmarks.load.mix.StepTime;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users write: rates, times, priorities. */
class WrittenFormsTest {
    @ParameterizedTest
    @CsvSource({"10000/s,10000,1000", "100/1s,100,1000", "5/250ms,5,250", "300/m,300,60000", "10_000/s,10000,1000"})
    void shouldReadARate(String text, int permits, long periodMs) {
        assertEquals(new Rate(permits, Duration.ofMillis(periodMs)), Rate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "100",
                "100/",
                "/s",
                "0/s",
                "5/0s",
                "-1/s",
                "1/day",
                "ten/s",
                "99999999999/s",
                "_/s",
                "1/99999999999s"
            })
    void shouldRefuseWhatIsNoRate(String text) {
        assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
    }

    @Test
    void shouldSayWhenEachStartIsDue() {
        Rate rate = Rate.parse("100/1s");
        assertEquals(0, rate.dueNanos(0));
        assertEquals(10_000_000, rate.dueNanos(1));
        assertEquals(Duration.ofHours(3).toNanos(), rate.dueNanos(3 * 3_600 * 100));
        assertEquals(100, rate.perSecond());
    }

    @ParameterizedTest
    @CsvSource({"0ms,0ms", "250ms,250ms", "1000ms,1s", "90s,90s", "120s,2m", "1h,60m"})
    void shouldReadATimeAndWriteItAgain(String text, String written) {
        assertEquals(written, Spans.text(Spans.parse(text)));
        assertEquals(Spans.parse(text), Spans.parse(written));
    }

    @ParameterizedTest
    @CsvSource({"340,340 ms", "12345,12.3 s", "245000,4 min 05 s"})
    void shouldSayToAPersonHowLongSomethingTook(long millis, String text) {
        assertEquals(text, Spans.passed(Duration.ofMillis(millis)));
    }

    @Test
    void shouldDrawStepTimesFromTheWholeRange() {
        StepTime time = StepTime.parse("5ms..7ms");
        Random random = new Random(1);
        long[] seen = new long[8];
        for (int i = 0; i < 200; i++) {
            seen[(int) time.drawMs(random)]++;
        }
        assertEquals(200, seen[5] + seen[6] + seen[7]);
        assertTrue(seen[5] > 0 && seen[6] > 0 && seen[7] > 0);
        assertEquals(time, StepTime.parse(time.toString()));
    }

    @Test
    void shouldRefuseARangeThatEndsBeforeItBegins() {
        assertThrows(IllegalArgumentException.class, () -> StepTime.parse("7ms..5ms"));
    }

    @Test
    void shouldGiveTheSameWorkflowTheSameRandomPriority() {
        Priorities random = Priorities.parse("random");
        assertEquals(random.of(17), Priorities.parse("RANDOM").of(17));
        for (int index = 0; index < 1_000; index++) {
            int priority = random.of(index);
            assertTrue(priority >= 1 && priority <= 100, "priority " + priority);
        }
        assertEquals(7, Priorities.parse("7").of(99));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1000001", "-3", "high", ""})
    void shouldRefuseWhatIsNoPriority(String text) {
        assertThrows(IllegalArgumentException.class, () -> Priorities.parse(text));
    }
}
