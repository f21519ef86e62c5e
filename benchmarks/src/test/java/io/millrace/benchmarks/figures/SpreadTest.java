package io.millrace.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void shouldTakeTheMiddleOfAnOddNumber() {
        assertEquals(new Spread(3, 1, 9, 3), Spread.of(List.of(9.0, 1.0, 3.0)));
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertEquals(new Spread(4, 1, 9, 4), Spread.of(List.of(9.0, 5.0, 1.0, 3.0)));
    }

    @Test
    void shouldBeThatOfTheOnlyValue() {
        assertEquals(new Spread(2, 2, 2, 1), Spread.of(List.of(2.0)));
    }

    @Test
    void shouldRefuseNothing() {
        assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
    }
}
