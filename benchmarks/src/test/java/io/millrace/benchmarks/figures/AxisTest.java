package io.millrace.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @Test
    void shouldHaveRoundNumbersOnly() {
        assertEquals(List.of(0.0, 200_000.0, 400_000.0, 600_000.0, 800_000.0, 1_000_000.0), Axis.ticks(1_000_000, 5));
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), Axis.ticks(117, 8));
        assertEquals(List.of(0.0), Axis.ticks(0, 5));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "950,950", "1000,1k", "12345,12.3k", "300000,300k", "1500000,1.5M", "1000000,1M"})
    void shouldSayCountsInFewCharacters(double value, String text) {
        assertEquals(text, Axis.count(value));
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "0.25,0.25 s", "45,45 s", "144.2,144 s", "3600,60 min"})
    void shouldSayTimesInFewCharacters(double seconds, String text) {
        assertEquals(text, Axis.time(seconds));
    }
}
