package io.millrace.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TallyTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldSayTheRateOfEachTenth() {
        Tally tally = new Tally(20);
        tally.begin(0);
        // Two each second for five tenths, then two each half second.
        for (int pair = 1; pair <= 10; pair++) {
            long at = pair <= 5 ? pair * SECOND : 5 * SECOND + (pair - 5) * SECOND / 2;
            tally.add(at);
            tally.add(at);
        }
        Rates rates = tally.rates();
        assertArrayEquals(new double[] {2, 2, 2, 2, 2, 4, 4, 4, 4, 4}, rates.tenthsPerSecond(), 1e-6);
        assertEquals(50, rates.flatness(), 1e-6);
        assertEquals(20 / 7.5, rates.perSecond(), 1e-6);
    }

    @Test
    void shouldTakeTheMedianOfTheFullSeconds() {
        Tally tally = new Tally(1_000);
        tally.begin(0);
        addAt(tally, 3, SECOND / 2);
        addAt(tally, 9, SECOND + SECOND / 2);
        addAt(tally, 5, 2 * SECOND + SECOND / 2);
        addAt(tally, 100, 3 * SECOND + SECOND / 10);
        assertEquals(5, tally.rates().medianPerSecond());
    }

    @Test
    void shouldBeginWithTheFirstOneWhereNothingElseDid() {
        Tally tally = new Tally(10);
        addAt(tally, 1, 7 * SECOND);
        addAt(tally, 4, 8 * SECOND);
        assertEquals(7 * SECOND, tally.beganAt());
        assertEquals(5, tally.rates().perSecond());
        assertEquals(5, tally.rates().tenthsPerSecond().length);
    }

    @Test
    void shouldCountForHours() {
        Tally tally = new Tally(4);
        tally.begin(0);
        addAt(tally, 4, 10_000 * SECOND);
        assertEquals(10_000, tally.rates().seconds());
    }

    @Test
    void shouldKnowNoRateOfNothing() {
        Tally tally = new Tally(0);
        tally.begin(5);
        assertEquals(0, tally.rates().perSecond());
        assertEquals(0, tally.rates().flatness());
        assertEquals(0, tally.rates().medianPerSecond());
    }

    private static void addAt(Tally tally, int number, long nanos) {
        for (int i = 0; i < number; i++) {
            tally.add(nanos);
        }
    }
}
