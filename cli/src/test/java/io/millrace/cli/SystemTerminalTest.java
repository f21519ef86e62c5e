package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemTerminalTest {
    @Test
    void shouldTakeTheLaunchersWordForWhatIsATerminal() {
        SystemTerminal piped = new SystemTerminal("02", Map.of());
        assertTrue(piped.canAsk() && piped.showsNotes());
        assertFalse(piped.showsOutput());
        assertFalse(new SystemTerminal("12", Map.of()).canAsk());
        assertFalse(new SystemTerminal("", Map.of()).showsNotes());
    }

    @Test
    void shouldBeAsWideAsTheEnvironmentSays() {
        assertEquals(
                123, new SystemTerminal("1", Map.of("COLUMNS", "123")).size().columns());
        assertTrue(new SystemTerminal("1", Map.of("COLUMNS", "wide")).size().columns() > 0);
    }

    @Test
    void shouldKnowWhenThereAreNoColours() {
        assertTrue(new SystemTerminal("1", Map.of("TERM", "xterm")).hasColours());
        assertFalse(new SystemTerminal("1", Map.of("TERM", "dumb")).hasColours());
        assertFalse(new SystemTerminal("1", Map.of()).hasColours());
        assertFalse(new SystemTerminal("1", Map.of("TERM", "xterm", "NO_COLOR", "1")).hasColours());
    }
}
