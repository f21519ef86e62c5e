package io.millrace.worker.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Released;
import io.millrace.schemas.WorkerFact;
import io.millrace.worker.HandClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final WorkerFact LAST = Facts.of(new Released("the worker closes"));

    private final List<String> done = new ArrayList<>();
    private final Outbox outbox = new Outbox(
            new ExecutionName("w", 1),
            "worker",
            0,
            (partition, key, event) -> {
                done.add("sent");
                return CompletableFuture.completedFuture(null);
            },
            new Flusher(new HandClock()));

    @Test
    void shouldDecideHowItEndedBeforeItIsSent() {
        assertNotNull(close());

        assertEquals(List.of("decided", "sent"), done);
    }

    @Test
    void shouldDecideNothingWhereItWasClosedBefore() {
        assertTrue(outbox.abandon());

        assertNull(close());
        assertEquals(List.of(), done);
    }

    private CompletableFuture<Void> close() {
        return outbox.close(LAST, new Slot.None(), () -> done.add("decided"));
    }
}
