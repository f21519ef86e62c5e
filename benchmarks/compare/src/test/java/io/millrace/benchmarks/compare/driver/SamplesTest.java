package io.millrace.benchmarks.compare.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void shouldTakeTheValueThatSoManyPercentAreNotAbove() {
        Samples hundred = new Samples(
                LongStream.rangeClosed(1, 100).map(ms -> (101 - ms) * 1_000_000).toArray());
        assertEquals(50, hundred.percentileMs(50));
        assertEquals(99, hundred.percentileMs(99));
        assertEquals(100, hundred.percentileMs(100));
    }

    @Test
    void shouldTakeTheHighestOfAFewForTheHighPercentiles() {
        Samples few = new Samples(new long[] {3_000_000, 1_000_000, 2_000_000});
        assertEquals(2, few.percentileMs(50));
        assertEquals(3, few.percentileMs(99));
    }

    @Test
    void shouldRefuseNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Samples(new long[0]));
    }
}
