package io.millrace.worker.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrantNumbersTest {
    private final GrantNumbers numbers = new GrantNumbers();

    private void saw(long... some) {
        LongStream.of(some).forEach(numbers::saw);
    }

    private void refresh(int times) {
        for (int i = 0; i < times; i++) {
            numbers.refresh(0);
        }
    }

    private void assertSeen(long complete, int ahead) {
        assertEquals(complete + " and " + ahead, numbers.complete() + " and " + numbers.ahead(), numbers.toString());
    }

    @Test
    void shouldCountUpToTheFirstThatIsMissing() {
        assertSeen(0, 0);
        saw(1, 2, 4, 6, 5);
        assertSeen(2, 3);
        saw(3);
        assertSeen(6, 0);
    }

    @Test
    void shouldCountANumberOnce() {
        saw(1, 1, 3, 3, 1);
        assertSeen(1, 1);
        saw(2, 2, 3);
        assertSeen(3, 0);
    }

    @Test
    void shouldGiveUpWhatIsMissingAtTheThirdRefreshAfterItWasFirst() {
        saw(2, 3, 6);
        refresh(1);
        saw(9);
        refresh(2);
        assertSeen(0, 4);
        refresh(1);
        assertSeen(6, 1);
        refresh(1);
        assertSeen(9, 0);
    }

    @Test
    void shouldNotMindOneThatComesAfterItWasGivenUp() {
        saw(2);
        refresh(4);
        saw(1);
        assertSeen(2, 0);
        saw(3);
        assertSeen(3, 0);
    }

    @Test
    void shouldNotGiveUpBeforeItIsCertainThatThereIsOne() {
        saw(1);
        refresh(10);
        assertSeen(1, 0);
        for (int i = 0; i < 4; i++) {
            numbers.refresh(2);
        }
        assertSeen(2, 0);
    }

    @Test
    void shouldGoOnFromWhereverTheEngineNumbers() {
        saw(1_001, 1_002);
        refresh(4);
        assertSeen(1_002, 0);
    }
}
