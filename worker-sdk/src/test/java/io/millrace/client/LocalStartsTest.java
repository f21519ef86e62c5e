package io.millrace.client;

import static io.millrace.client.InMemoryEngine.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Payload;
import io.millrace.schemas.ValueAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.EagerExecutionLostException;
import io.millrace.worker.EagerResult;
import io.millrace.worker.EagerRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of handles of workflows that a worker of this process runs, once they are commanded. */
class LocalStartsTest {
    private final InMemoryEngine engine = new InMemoryEngine();
    private final ManualTiming timing = new ManualTiming();
    private final CompletableFuture<EagerResult> here = new CompletableFuture<>();
    private final MillraceClient client;
    private final WorkflowHandle<String> handle;

    LocalStartsTest() {
        MillraceClientBuilder builder = MillraceClient.builder()
                .callbackExecutor(Runnable::run)
                .requestTimeout(Duration.ofSeconds(10))
                .eager(start -> Optional.of(new EagerRun(CompletableFuture.completedFuture(null), here)));
        builder.timing = timing;
        client = builder.over(engine);
        handle = client.start("echo", "in", String.class);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldReturnWhatTheWorkerSaysWithoutAskingTheEngine() {
        here.complete(new EagerResult.Completed(json("\"here\"")));

        assertEquals("here", handle.result());
        assertEquals(List.of(), engine.commands);
        assertEquals(List.of(), engine.queries);
    }

    @Test
    void shouldLeaveToTheEngineWhatMayHaveToWait() {
        StartOptions plain = StartOptions.generatedId();

        client.start("echo", "in", String.class, plain.priority(1));
        client.start("echo", "in", String.class, plain.deduplicationId("d"));
        client.start("echo", "in", String.class, plain.partitionKey("k"));
        client.start("echo", "in", String.class, plain.delay(Duration.ofSeconds(1)));
        client.start("echo", "in", String.class, plain);

        assertEquals(4, engine.commands.size());
    }

    @Test
    void shouldNotReturnTheEndFromBeforeAResume() {
        here.complete(new EagerResult.Failed(new Failure("E", "no stock", null)));
        engine.add(engineState(WorkflowStatus.FAILED));
        assertThrows(WorkflowFailedException.class, handle::result);

        handle.resume();
        engine.add(engineState(WorkflowStatus.COMPLETED));

        assertEquals("from the engine", handle.result());
        assertEquals("from the engine", handle.result(Duration.ofSeconds(1)));
    }

    @Test
    void shouldNotReturnTheEndFromBeforeARewindByAnotherHandle() {
        here.complete(new EagerResult.Completed(json("\"here\"")));
        engine.add(engineState(WorkflowStatus.RUNNING));

        client.workflow(handle.workflowId(), String.class).rewind(FromStep.number(1));

        assertThrows(WorkflowStillOpenException.class, handle::result);
    }

    @Test
    void shouldTakeTheEnginesWordAfterATerminate() {
        engine.add(engineState(WorkflowStatus.TERMINATED));
        CompletableFuture<String> begunBefore = handle.resultAsync();
        handle.terminate();

        here.complete(new EagerResult.Completed(json("\"too late\"")));

        assertThrows(TerminatedWorkflowException.class, handle::result);
        assertInstanceOf(
                TerminatedWorkflowException.class,
                assertThrows(CompletionException.class, begunBefore::join).getCause());
    }

    @Test
    void shouldKeepTheWorkersWordWhenACommandWasRefused() {
        here.complete(new EagerResult.Completed(json("\"here\"")));
        client.workflow("unknown", String.class).resumeAsync();

        assertEquals("here", handle.result());
    }

    @Test
    void shouldRepeatACommandUntilTheEngineKnowsTheWorkflow() {
        CompletableFuture<CommandResult> cancelled = handle.cancelAsync();
        timing.advance(Duration.ofSeconds(1));
        assertFalse(cancelled.isDone());
        engine.add(engineState(WorkflowStatus.CANCELLING));

        timing.advance(Duration.ofSeconds(1));

        assertEquals(WorkflowStatus.CANCELLING, cancelled.join().status());
        assertEquals(
                List.of(cancelled.join().commandId()),
                engine.commands.stream()
                        .map(command -> command.getCommandId())
                        .distinct()
                        .toList(),
                "repeated, and not given anew");
    }

    @Test
    void shouldGiveUpWhenTheEngineNeverKnowsTheWorkflow() {
        CompletableFuture<CommandResult> cancelled = handle.cancelAsync();
        timing.advance(Duration.ofSeconds(10));

        CompletionException thrown = assertThrows(CompletionException.class, cancelled::join);
        assertInstanceOf(WorkflowNotFoundException.class, thrown.getCause());
        assertEquals(0, timing.pending());
    }

    @Test
    void shouldWaitElsewhereForAWorkflowThatTheEngineDoesNotKnowYet() {
        CompletableFuture<String> result = handle.resultAsync();
        here.completeExceptionally(new EagerExecutionLostException("it parked"));
        timing.advance(Duration.ofSeconds(1));
        assertFalse(result.isDone());
        engine.add(engineState(WorkflowStatus.COMPLETED));

        timing.advance(Duration.ofSeconds(1));

        assertEquals("from the engine", result.join());
    }

    @Test
    void shouldReadValuesOfAWorkflowThatTheEngineDoesNotKnowYet() {
        engine.answerOther = (query, answer) -> answer.setValue(new ValueAnswer(false, false, false, null));
        CompletableFuture<Optional<String>> value = handle.valueAsync("k", String.class);
        assertFalse(value.isDone());
        engine.answerOther = (query, answer) -> answer.setValue(new ValueAnswer(true, false, true, json("\"v\"")));

        timing.advance(Duration.ofSeconds(1));

        assertEquals(Optional.of("v"), value.join());
    }

    @Test
    void shouldSayThatItIsOpenWhileTheWorkerHasIt() {
        assertThrows(WorkflowStillOpenException.class, () -> handle.result(Duration.ofMillis(1)));
    }

    private WorkflowState engineState(WorkflowStatus status) {
        WorkflowState state = state(handle.workflowId(), 1, status);
        state.setOutput(json("\"from the engine\""));
        return state;
    }

    private static Payload json(String text) {
        return new Payload("json", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
