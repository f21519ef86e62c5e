package io.millrace.client;

import static io.millrace.client.InMemoryEngine.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.Cancel;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Fork;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.NewInput;
import io.millrace.schemas.Pause;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Resume;
import io.millrace.schemas.Rewind;
import io.millrace.schemas.SendMessage;
import io.millrace.schemas.SetPriority;
import io.millrace.schemas.StartPoint;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.Terminate;
import io.millrace.schemas.Unpause;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowControlTest {
    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client =
            MillraceClient.builder().issuer("tests").over(engine);
    private final WorkflowHandle<String> handle = client.workflow("w", String.class);

    @BeforeEach
    void addWorkflow() {
        engine.add(state("w", 1, WorkflowStatus.RUNNING));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private interface Call extends Consumer<WorkflowHandle<String>> {}

    private interface Body extends Consumer<Command> {}

    private static Arguments sent(String name, Call call, Body body) {
        return Arguments.of(name, call, body);
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                sent("cancel", WorkflowHandle::cancel, c -> c.setCancel(new Cancel(true))),
                sent("cancel later", WorkflowHandle::cancelAsync, c -> c.setCancel(new Cancel(true))),
                sent(
                        "cancel alone",
                        w -> w.cancel(StopOptions.none().withoutChildren()),
                        c -> c.setCancel(new Cancel(false))),
                sent("terminate", WorkflowHandle::terminate, c -> c.setTerminate(new Terminate(true))),
                sent("terminate later", WorkflowHandle::terminateAsync, c -> c.setTerminate(new Terminate(true))),
                sent(
                        "terminate alone",
                        w -> w.terminate(StopOptions.none().withoutChildren()),
                        c -> c.setTerminate(new Terminate(false))),
                sent("pause", WorkflowHandle::pause, c -> c.setPause(new Pause())),
                sent("pause later", WorkflowHandle::pauseAsync, c -> c.setPause(new Pause())),
                sent("unpause", WorkflowHandle::unpause, c -> c.setUnpause(new Unpause())),
                sent("unpause later", WorkflowHandle::unpauseAsync, c -> c.setUnpause(new Unpause())),
                sent("resume", WorkflowHandle::resume, c -> c.setResume(new Resume(null))),
                sent("resume later", WorkflowHandle::resumeAsync, c -> c.setResume(new Resume(null))),
                sent(
                        "resume elsewhere",
                        w -> w.resume(ResumeOptions.none().queue("slow")),
                        c -> c.setResume(new Resume("slow"))),
                sent("rewind to a number", w -> w.rewind(FromStep.number(3)), rewind(new StartPoint(3, null, null))),
                sent(
                        "rewind to a name",
                        w -> w.rewindAsync(FromStep.named("charge")),
                        rewind(new StartPoint(null, "charge", null))),
                sent(
                        "rewind to the last failure",
                        w -> w.rewind(FromStep.lastFailure()),
                        rewind(new StartPoint(null, null, StepPoint.LAST_FAILURE))),
                sent(
                        "rewind to the last step",
                        w -> w.rewind(FromStep.lastStep()),
                        rewind(new StartPoint(null, null, StepPoint.LAST_STEP))),
                sent(
                        "step 0, which the engine refuses",
                        w -> w.rewind(FromStep.number(0)),
                        rewind(new StartPoint(0, null, null))),
                sent("priority", w -> w.setPriority(7), c -> c.setSetPriority(new SetPriority(7))),
                sent("priority later", w -> w.setPriorityAsync(7), c -> c.setSetPriority(new SetPriority(7))),
                sent("move", w -> w.moveToQueue("q"), c -> c.setMoveToQueue(new MoveToQueue("q", null, null))),
                sent(
                        "move with everything",
                        w -> w.moveToQueueAsync(
                                "q", MoveOptions.none().priority(1).partitionKey("k")),
                        c -> c.setMoveToQueue(new MoveToQueue("q", 1, "k"))),
                sent("send", w -> w.send("orders", "tea"), message("orders", "\"tea\"", null)),
                sent(
                        "send once",
                        w -> w.sendAsync(
                                " ",
                                EncodedPayload.json("{}"),
                                MessageOptions.none().idempotencyKey("k")),
                        message(" ", "{}", "k")));
    }

    private static Body rewind(StartPoint from) {
        return command -> command.setRewind(new Rewind(from));
    }

    private static Body message(String topic, String json, @Nullable String key) {
        return command -> command.setSendMessage(new SendMessage(topic, json(json), key));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void shouldSendOneBodyAndWhoAsks(String name, Call call, Body body) {
        call.accept(handle);

        Command sent = engine.commands.get(0);
        Command expected = new Command();
        expected.setCommandId(sent.getCommandId());
        expected.setIssuer("tests");
        expected.setIssuedAtMs(sent.getIssuedAtMs());
        body.accept(expected);
        assertEquals(expected, sent);
        assertEquals(1, engine.commands.size());
    }

    @Test
    void shouldSendReasonAndCommandIdWithEachKindOfOptions() {
        handle.cancel(StopOptions.because("r").commandId("c"));
        handle.pause(CommandOptions.because("r").commandId("c"));
        handle.resume(ResumeOptions.because("r").commandId("c"));
        handle.rewind(FromStep.number(1), CommandOptions.none().reason("r").commandId("c"));
        handle.setPriority(1, CommandOptions.because("r").commandId("c"));
        handle.moveToQueue("q", MoveOptions.because("r").commandId("c"));
        handle.send("t", 1, MessageOptions.none().reason("r").commandId("c"));
        handle.fork(ForkOptions.from(FromStep.number(1)).reason("r").commandId("c"));

        assertEquals(8, engine.commands.size());
        engine.commands.forEach(command -> {
            assertEquals("r", command.getReason());
            assertEquals("c", command.getCommandId());
        });
    }

    @Test
    void shouldMakeANewCommandEachTimeUnlessTheIdIsGiven() {
        StopOptions options = StopOptions.because("same options");

        assertNotEquals(
                handle.cancel(options).commandId(), handle.cancel(options).commandId());
    }

    @Test
    void shouldReturnWhatTheEngineSaysOfIt() {
        engine.decide = (command, reply) -> answer(
                reply,
                CommandOutcome.ACCEPTED,
                WorkflowStatus.CANCELLED,
                "it is CANCELLED already: nothing has changed");

        CommandResult result = handle.cancel(StopOptions.none().commandId("c-1"));

        assertEquals(
                new CommandResult(
                        "c-1",
                        "w",
                        WorkflowStatus.CANCELLED,
                        Optional.of("it is CANCELLED already: nothing has changed")),
                result);
    }

    @Test
    void shouldThrowTheEnginesReasonWhenItRefuses() {
        engine.decide = (command, reply) ->
                answer(reply, CommandOutcome.REJECTED, WorkflowStatus.COMPLETED, "it is COMPLETED: fork it");

        CommandRejectedException refused = assertThrows(
                CommandRejectedException.class,
                () -> handle.resume(ResumeOptions.none().commandId("c-1")));

        assertEquals("resume of workflow \"w\" was rejected: it is COMPLETED: fork it", refused.getMessage());
        assertEquals("resume", refused.command());
        assertEquals("w", refused.workflowId());
        assertEquals("c-1", refused.commandId());
        assertEquals(WorkflowStatus.COMPLETED, refused.status());
        assertEquals("it is COMPLETED: fork it", refused.reason());
    }

    @Test
    void shouldTellThatThereIsNoSuchWorkflow() {
        WorkflowHandle<String> unknown = client.workflow("unknown", String.class);

        WorkflowNotFoundException thrown = assertThrows(WorkflowNotFoundException.class, unknown::cancel);

        assertEquals("unknown", thrown.workflowId());
        assertEquals("there is no workflow with the id \"unknown\"", thrown.getMessage());
        assertEquals(1, engine.commands.size(), "only what was started here is worth another try");
    }

    @Test
    void shouldFailFuturesWithTheSameExceptionsAndNoWrappers() {
        engine.decide =
                (command, reply) -> answer(reply, CommandOutcome.REJECTED, WorkflowStatus.FAILED, "it is FAILED");

        CompletionException thrown = assertThrows(
                CompletionException.class, () -> handle.cancelAsync().join());

        assertInstanceOf(CommandRejectedException.class, thrown.getCause());
    }

    @Test
    void shouldNameTheCommandThatWasNotAnsweredSoThatItCanBeRepeated() {
        engine.decide = (command, reply) ->
                CompletableFuture.failedFuture(new EngineUnavailableException("no engine answered", null));

        EngineUnavailableException thrown = assertThrows(EngineUnavailableException.class, handle::cancel);

        String commandId = engine.commands.get(0).getCommandId();
        assertEquals(Optional.of(commandId), thrown.commandId());
        assertEquals(
                "no engine answered. The command \"" + commandId
                        + "\" may still take effect; giving it again with this command id is safe.",
                thrown.getMessage());
    }

    @Test
    void shouldRefuseWhatIsTooLargeBeforeAnythingIsSent() {
        String tooLong = "x".repeat(257);
        WorkflowHandle<String> impossible = client.workflow(tooLong, String.class);

        assertThrows(LimitExceededException.class, impossible::cancel);
        assertThrows(
                IllegalArgumentException.class,
                () -> client.workflow(" ", String.class).cancel());
        assertThrows(LimitExceededException.class, () -> handle.send(tooLong, 1));
        assertThrows(IllegalArgumentException.class, () -> handle.send("", 1));
        assertThrows(LimitExceededException.class, () -> handle.send("t", "x".repeat(Limits.MAX_PAYLOAD_BYTES)));
        assertThrows(LimitExceededException.class, () -> StopOptions.because("x".repeat(2_001)));
        assertThrows(LimitExceededException.class, () -> CommandOptions.none().commandId(tooLong));
        assertThrows(IllegalArgumentException.class, () -> CommandOptions.none().commandId(""));
        assertThrows(LimitExceededException.class, () -> MessageOptions.none().idempotencyKey(tooLong));
        assertThrows(IllegalArgumentException.class, () -> MessageOptions.none().idempotencyKey(""));
        assertThrows(LimitExceededException.class, () -> ResumeOptions.none().queue(tooLong));
        assertThrows(LimitExceededException.class, () -> FromStep.named(tooLong));
        ForkOptions fork = ForkOptions.from(FromStep.number(1));
        assertThrows(LimitExceededException.class, () -> fork.workflowId(tooLong));
        assertThrows(IllegalArgumentException.class, () -> fork.timeout(Duration.ZERO));
        assertThrows(LimitExceededException.class, () -> handle.fork(fork.input("x".repeat(Limits.MAX_PAYLOAD_BYTES))));
        assertEquals(List.of(), engine.commands);
    }

    @Test
    void shouldForkUnderAFreshIdUnlessOneIsGiven() {
        ForkOptions options = ForkOptions.from(FromStep.lastFailure());

        WorkflowHandle<String> one = handle.fork(options);
        WorkflowHandle<String> two = handle.forkAsync(options).join();
        WorkflowHandle<String> named = handle.fork(options.workflowId("copy"));

        assertEquals(engine.commands.get(0).getFork().getWorkflowId(), one.workflowId());
        assertNotEquals(one.workflowId(), two.workflowId());
        assertEquals("copy", named.workflowId());
        assertEquals("copy", engine.commands.get(2).getFork().getWorkflowId());
    }

    @Test
    void shouldReturnTheFirstForkWhenTheCommandIsRepeated() {
        engine.decide = (command, reply) ->
                answer(reply.setForkWorkflowId("made before"), CommandOutcome.ACCEPTED, WorkflowStatus.FAILED, null);

        assertEquals(
                "made before",
                handle.fork(ForkOptions.from(FromStep.lastStep()).commandId("again"))
                        .workflowId());
    }

    @Test
    void shouldSendEverythingThatAForkCanCarry() {
        ForkOptions options = ForkOptions.from(FromStep.number(1))
                .workflowId("copy")
                .applicationVersion("2")
                .queue("slow")
                .timeout(Duration.ofSeconds(5));

        handle.fork(options.input("tea"));
        handle.fork(options.input(null));
        handle.fork(options);

        Fork first = engine.commands.get(0).getFork();
        assertEquals(
                new Fork(
                        "copy",
                        new StartPoint(1, null, null),
                        "2",
                        "slow",
                        5_000L,
                        new NewInput(json("\"tea\"")),
                        null),
                first);
        assertEquals(new NewInput(null), engine.commands.get(1).getFork().getNewInput());
        assertNull(engine.commands.get(2).getFork().getNewInput(), "the source's input stays");
    }

    @Test
    void shouldGiveAHandleOfTheCopyThatIsNoExistingOne() {
        assertFalse(handle.fork(ForkOptions.from(FromStep.number(1))).existing());
    }

    private static CompletableFuture<CommandReply> answer(
            CommandReply.Builder reply, CommandOutcome outcome, WorkflowStatus status, @Nullable String reason) {
        return CompletableFuture.completedFuture(
                reply.setOutcome(outcome).setStatus(status).setReason(reason).build());
    }

    private static Payload json(String text) {
        return new Payload("json", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
