package io.millrace.benchmarks.compare.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenFormsTest {
    @Test
    void shouldReadTheTaskThatWasWritten() {
        Task task = new Task(Task.Kind.RATE, 5, 256, 3_000);
        assertEquals(task, Task.parse(task.written()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RATE", "RATE,1,1", "RATE,0,1,1", "RATE,1,0,1", "RATE,1,2049,1", "RATE,1,1,0", "SOME,1,1,1"})
    void shouldRefuseATaskThatIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> Task.parse(text));
    }

    @Test
    void shouldReadTheLineThatWasWritten() {
        Line line = new Line(Line.PER_SECOND, "1234.5");
        assertEquals(Optional.of(line), Line.parse(line.written()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "compare>", "compare> ", "per-second 3", "12:00 INFO compare> per-second 3"})
    void shouldLeaveTheLinesOfOthers(String text) {
        assertEquals(Optional.empty(), Line.parse(text));
    }
}
