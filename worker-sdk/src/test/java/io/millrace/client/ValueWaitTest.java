package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.payload.PayloadException;
import io.millrace.schemas.GetValue;
import io.millrace.schemas.Payload;
import io.millrace.schemas.ValueAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValueWaitTest {
    private static final ValueAnswer NOT_SET = new ValueAnswer(true, false, false, null);

    private final InMemoryEngine engine = new InMemoryEngine();
    private final ManualTiming timing = new ManualTiming();
    private final MillraceClient client;
    private final WorkflowHandle<Void> handle;
    private ValueAnswer present = NOT_SET;

    ValueWaitTest() {
        MillraceClientBuilder builder = MillraceClient.builder().callbackExecutor(Runnable::run);
        builder.timing = timing;
        client = builder.over(engine);
        handle = client.workflow("w", Void.class);
    }

    @BeforeEach
    void answerPresentValue() {
        engine.answerOther = (query, answer) -> answer.setValue(present);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldReadTheValueUnderItsKey() {
        present = set("{\"percent\":40}");

        assertEquals(Optional.of(new Progress(40)), handle.value("progress", Progress.class));

        assertEquals(new GetValue("w", "progress"), engine.queries.get(0).getGetValue());
        assertThrows(PayloadException.class, () -> handle.value("progress", Integer.class));
    }

    @Test
    void shouldBeEmptyAtOnceWhenNotAskedToWait() {
        assertEquals(Optional.empty(), handle.value("progress", Progress.class));

        assertEquals(1, engine.queries.size());
        assertEquals(0, timing.pending());
    }

    @Test
    void shouldTakeNullForAnEmptyValueThatIsSet() {
        present = new ValueAnswer(true, false, true, null);

        assertTrue(wait(Duration.ofHours(1)).join().isEmpty());
    }

    @Test
    void shouldAskAgainWithGrowingPausesUntilTheValueIsSet() {
        CompletableFuture<Optional<Progress>> value = wait(Duration.ofHours(1));
        timing.advance(Duration.ofSeconds(2));
        assertFalse(value.isDone());
        present = set("{\"percent\":40}");

        timing.advance(Duration.ofMillis(500));

        assertEquals(Optional.of(new Progress(40)), value.join());
        assertEquals(
                List.of(50, 100, 200, 400, 500, 500, 500),
                timing.pauses.stream().map(pause -> (int) pause.toMillis()).toList());
        assertEquals(0, timing.pending());
    }

    @Test
    void shouldStopWaitingWhenTheWorkflowIsClosed() {
        CompletableFuture<Optional<Progress>> value = wait(Duration.ofHours(1));
        present = new ValueAnswer(true, true, false, null);

        timing.advance(Duration.ofMillis(50));

        assertEquals(Optional.empty(), value.join());
    }

    @Test
    void shouldAskOnceMoreWhenTheTimeIsOver() {
        CompletableFuture<Optional<Progress>> late = wait(Duration.ofMillis(120));
        timing.advance(Duration.ofMillis(119));
        assertFalse(late.isDone());
        timing.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), late.join());

        CompletableFuture<Optional<Progress>> justInTime = wait(Duration.ofMillis(120));
        timing.advance(Duration.ofMillis(119));
        present = set("{\"percent\":1}");
        timing.advance(Duration.ofMillis(1));
        assertEquals(Optional.of(new Progress(1)), justInTime.join());
    }

    @Test
    void shouldTellThatThereIsNoSuchWorkflow() {
        present = new ValueAnswer(false, false, false, null);

        CompletionException thrown = assertThrows(
                CompletionException.class, () -> wait(Duration.ofHours(1)).join());

        assertInstanceOf(WorkflowNotFoundException.class, thrown.getCause());
        assertThrows(WorkflowNotFoundException.class, () -> handle.value("progress", Progress.class));
    }

    @Test
    void shouldAskNoMoreWhenTheCallerHasLostInterest() {
        CompletableFuture<Optional<Progress>> value = wait(Duration.ofHours(1));

        value.cancel(false);
        timing.advance(Duration.ofMinutes(1));

        assertEquals(1, engine.queries.size());
        assertEquals(0, timing.pending());
    }

    @Test
    void shouldRefuseKeysThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> handle.value("", Progress.class));
        assertThrows(LimitExceededException.class, () -> handle.value("x".repeat(257), Progress.class));
        assertEquals(List.of(), engine.queries);
    }

    record Progress(int percent) {}

    private CompletableFuture<Optional<Progress>> wait(Duration atMost) {
        return handle.valueAsync("progress", Progress.class, atMost);
    }

    private static ValueAnswer set(String json) {
        return new ValueAnswer(
                true, false, true, new Payload("json", ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8))));
    }
}
