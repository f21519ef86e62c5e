package io.millrace.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void shouldTakeTheNearestRank() {
        List<Double> hundredDown =
                IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList();
        Latencies latencies = new Latencies("x", hundredDown);
        assertEquals(50, latencies.percentile(50));
        assertEquals(99, latencies.percentile(99));
        assertEquals(100, latencies.percentile(100));
    }

    @Test
    void shouldBeTheOneWhereThereIsOne() {
        Latencies latencies = new Latencies("x", List.of(7.0));
        assertEquals(7, latencies.percentile(50));
        assertEquals(7, latencies.percentile(99));
    }

    @Test
    void shouldSayNothingOfNone() {
        Latencies none = new Latencies("x", List.of());
        assertTrue(Double.isNaN(none.percentile(50)));
        assertEquals(Set.of("what", "count"), none.json().keySet());
    }
}
