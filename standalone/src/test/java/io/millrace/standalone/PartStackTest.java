package io.millrace.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartStackTest {
    private final List<String> stopped = new ArrayList<>();
    private final PartStack parts = new PartStack();

    @Test
    void shouldStopInTheOppositeOrder() throws Exception {
        start("broker");
        start("engine");
        start("worker");
        parts.close();
        assertEquals(List.of("worker", "engine", "broker"), stopped);
    }

    @Test
    void shouldStopTheOthersWhenOneFailsToStop() throws Exception {
        start("broker");
        parts.start("engine", () -> () -> {
            throw new IllegalStateException("stuck");
        });
        parts.close();
        assertEquals(List.of("broker"), stopped);
    }

    @Test
    void shouldStopAPartThatWasStartingWhenTheStackWasClosed() {
        assertThrows(
                IllegalStateException.class,
                () -> parts.start("engine", () -> {
                    parts.close();
                    return () -> stopped.add("engine");
                }));
        assertEquals(List.of("engine"), stopped);
    }

    @Test
    void shouldStartNothingAfterItWasClosed() {
        parts.close();
        assertThrows(IllegalStateException.class, () -> start("broker"));
        assertTrue(parts.isClosed());
        assertEquals(List.of(), stopped);
    }

    @Test
    void shouldStopEachPartOnce() throws Exception {
        start("broker");
        parts.close();
        parts.close();
        assertEquals(List.of("broker"), stopped);
    }

    private void start(String name) throws Exception {
        parts.start(name, () -> () -> stopped.add(name));
    }
}
