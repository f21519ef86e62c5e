package io.millrace.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.benchmarks.soak.Trend.Verdict;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendTest {
    private static final double HOUR = 3_600;
    private static final double EVERY_SECONDS = 10;
    private static final Tolerance TENTH = new Tolerance(0.10, 5, true);

    @Test
    void shouldBeSteadyWhereAValueStays() {
        Trend trend = hour(seconds -> 1_000);

        assertEquals(new Trend(1_000, 1_000, 0, 100, Verdict.STEADY), trend);
    }

    @Test
    void shouldGrowWhereALeakAddsMoreThanIsAllowed() {
        // 288 of some 1,000 in the time after the warm-up, of which a tenth is allowed.
        Trend trend = hour(seconds -> 1_000 + seconds * 360 / HOUR);

        assertEquals(Verdict.GROWS, trend.verdict());
        assertEquals(360, trend.perHour(), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindALeakUnderNoise(long seed) {
        Random random = new Random(seed);

        Trend trend = hour(seconds -> 1_000 + seconds * 360 / HOUR + 200 * (random.nextDouble() - 0.5));

        assertEquals(Verdict.GROWS, trend.verdict(), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldTakeNoNoiseForALeak(long seed) {
        Random random = new Random(seed);

        Trend trend = hour(seconds -> 1_000 + 600 * (random.nextDouble() - 0.5));

        assertEquals(Verdict.STEADY, trend.verdict(), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 300, 420})
    void shouldTakeNoSegmentsThatComeAndGoForALeak(int period) {
        Trend trend = hour(seconds -> 1_000 + 500 * (seconds % period) / period);

        assertEquals(Verdict.STEADY, trend.verdict());
    }

    @Test
    void shouldLeaveOutTheWarmUp() {
        Trend trend = hour(seconds -> seconds < HOUR * Trend.WARM_UP ? seconds : HOUR * Trend.WARM_UP);

        assertEquals(Verdict.STEADY, trend.verdict());
    }

    @Test
    void shouldNotBeMovedByAnOutlierAtTheEnd() {
        Trend trend = hour(seconds -> seconds > HOUR - 100 ? 1e9 : 1_000);

        assertEquals(Verdict.STEADY, trend.verdict());
    }

    @Test
    void shouldAllowTheLeastWhateverThePart() {
        assertEquals(5, hour(seconds -> 10 + seconds / HOUR).allowed(), 1e-9);
        assertEquals(Verdict.STEADY, hour(seconds -> 10 + seconds * 4 / HOUR).verdict());
        assertEquals(Verdict.GROWS, hour(seconds -> 10 + seconds * 10 / HOUR).verdict());
    }

    @Test
    void shouldNotJudgeWhatIsShownAlone() {
        assertEquals(Verdict.SHOWN, hour(seconds -> seconds, Tolerance.SHOWN).verdict());
    }

    @Test
    void shouldSayWhereARunWasTooShort() {
        Trend trend = Trend.of(
                IntStream.range(0, 5)
                        .mapToObj(i -> new Trend.Point(i * EVERY_SECONDS, i))
                        .toList(),
                TENTH);

        assertEquals(Verdict.TOO_FEW, trend.verdict());
    }

    private static Trend hour(DoubleUnaryOperator value) {
        return hour(value, TENTH);
    }

    private static Trend hour(DoubleUnaryOperator value, Tolerance tolerance) {
        return Trend.of(
                IntStream.rangeClosed(0, (int) (HOUR / EVERY_SECONDS))
                        .mapToObj(i -> new Trend.Point(i * EVERY_SECONDS, value.applyAsDouble(i * EVERY_SECONDS)))
                        .toList(),
                tolerance);
    }
}
