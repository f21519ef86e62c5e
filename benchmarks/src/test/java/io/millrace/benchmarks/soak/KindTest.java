package io.millrace.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KindTest {
    @Test
    void shouldMixKindsAsTheySay() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (long number = 0; number < 1_000; number++) {
            counts.merge(Kind.of(number), 1, Integer::sum);
        }

        assertEquals(400, counts.get(Kind.ONE_STEP));
        assertEquals(30, counts.get(Kind.FORKED));
        assertEquals(Kind.values().length, counts.size());
    }
}
