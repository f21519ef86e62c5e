package io.millrace.client;

import static io.millrace.client.InMemoryEngine.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Cancel;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Fork;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.SetPriority;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkCommandTest {
    private final InMemoryEngine engine = new InMemoryEngine();
    private final ManualTiming timing = new ManualTiming();
    private final MillraceClient client;

    /** Replies that are held back, by the order of the commands. */
    private final List<Runnable> held = new ArrayList<>();

    BulkCommandTest() {
        MillraceClientBuilder builder = MillraceClient.builder().callbackExecutor(Runnable::run);
        builder.timing = timing;
        client = builder.over(engine);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldCommandEveryWorkflowThatTheFilterLetsThrough() {
        addWorkflows(1_203);
        engine.mostPerPage = 37;
        engine.add(state("completed", 9_999_999, WorkflowStatus.COMPLETED));
        WorkflowFilter running =
                WorkflowFilter.all().status(WorkflowStatus.RUNNING).limit(1);

        CompletableFuture<BulkReport> run =
                client.bulk(running).cancelAsync(StopOptions.because("closing").withoutChildren());
        timing.advance(Duration.ofSeconds(13));

        BulkReport report = run.join();
        assertEquals(1_203, report.accepted().size());
        assertEquals(List.of(), report.rejected());
        assertEquals("w-1202", report.items().get(0).workflowId(), "newest first");
        assertEquals("w-0", report.items().get(1_202).workflowId());
        assertEquals(
                1_203,
                new HashSet<>(engine.commands.stream()
                                .map(Command::getCommandId)
                                .toList())
                        .size());
        engine.commands.forEach(command -> {
            assertEquals(new Cancel(false), command.getCancel());
            assertEquals("closing", command.getReason());
        });
    }

    @Test
    void shouldMoveAndReprioritiseMany() {
        List<String> ids = addWorkflows(2);

        CompletableFuture<BulkReport> reprioritised =
                client.bulk(ids).setPriorityAsync(7, CommandOptions.because("why"));
        timing.advance(Duration.ofSeconds(1));
        CompletableFuture<BulkReport> moved = client.bulk(ids)
                .moveToQueueAsync("slow", MoveOptions.none().priority(3).commandId("c"));
        timing.advance(Duration.ofSeconds(1));

        assertEquals(2, reprioritised.join().accepted().size());
        assertEquals(2, moved.join().accepted().size());
        assertEquals(new SetPriority(7), engine.commands.get(1).getSetPriority());
        assertEquals("why", engine.commands.get(1).getReason());
        assertEquals(new MoveToQueue("slow", 3, null), engine.commands.get(3).getMoveToQueue());
        assertNotEquals(
                engine.commands.get(2).getCommandId(), engine.commands.get(3).getCommandId());
        assertThrows(IllegalArgumentException.class, () -> client.bulk(ids).moveToQueue(" ", MoveOptions.none()));
        assertThrows(IllegalArgumentException.class, () -> client.bulk(ids).setPriority(0, CommandOptions.none()));
    }

    @Test
    void shouldSendAtMostSoManyPerSecond() {
        List<String> ids = addWorkflows(25);

        CompletableFuture<BulkReport> report = client.bulk(ids).perSecond(10).terminateAsync(StopOptions.none());
        List<Integer> sentAfterSeconds = new ArrayList<>();
        for (int second = 0; second < 3; second++) {
            timing.advance(Duration.ofSeconds(1).minusNanos(1));
            sentAfterSeconds.add(engine.commands.size());
            timing.advance(Duration.ofNanos(1));
        }

        assertEquals(List.of(10, 20, 25), sentAfterSeconds);
        assertEquals(25, report.join().accepted().size());
        assertEquals(0, timing.pending());
    }

    @Test
    void shouldHaveNoMoreThanSixtyFourUnanswered() {
        List<String> ids = addWorkflows(100);
        holdReplies();

        CompletableFuture<BulkReport> report =
                client.bulk(ids).perSecond(10_000).resumeAsync(ResumeOptions.none());
        timing.advance(Duration.ofSeconds(1));
        assertEquals(64, engine.commands.size());
        releaseReply(10);
        timing.advance(Duration.ofSeconds(1));
        assertEquals(65, engine.commands.size());
        while (!held.isEmpty()) {
            releaseReply(held.size() - 1);
            timing.advance(Duration.ofSeconds(1));
        }

        assertEquals(
                ids, report.join().items().stream().map(BulkItem::workflowId).toList(), "in the order of the list");
    }

    @Test
    void shouldNotBeStoppedByThoseThatFail() {
        engine.add(state("good", 1, WorkflowStatus.RUNNING));
        engine.add(state("done", 1, WorkflowStatus.COMPLETED));
        engine.add(state("silent", 1, WorkflowStatus.RUNNING));
        var accept = engine.decide;
        engine.decide = (command, reply) -> switch (reply.getWorkflowId()) {
            case "done" ->
                CompletableFuture.completedFuture(reply.setOutcome(CommandOutcome.REJECTED)
                        .setStatus(WorkflowStatus.COMPLETED)
                        .setReason("it is COMPLETED")
                        .build());
            case "silent" -> CompletableFuture.failedFuture(new EngineUnavailableException("no engine answered", null));
            default -> accept.apply(command, reply);
        };
        String tooLong = "x".repeat(257);

        CompletableFuture<BulkReport> run = client.bulk(List.of("unknown", "done", tooLong, "silent", "good", "good"))
                .cancelAsync(StopOptions.none());
        timing.advance(Duration.ofSeconds(1));

        BulkReport report = run.join();
        assertEquals(5, report.items().size(), "each workflow once");
        BulkItem unknown = report.items().get(0);
        assertEquals(WorkflowStatus.UNKNOWN, unknown.status());
        assertEquals(
                "there is no workflow with the id \"unknown\"", unknown.note().orElseThrow());
        assertEquals(
                new BulkItem("done", false, WorkflowStatus.COMPLETED, Optional.of("it is COMPLETED"), Optional.empty()),
                report.items().get(1));
        assertTrue(report.items().get(2).note().orElseThrow().contains("the limit is 256"));
        assertTrue(report.items().get(3).note().orElseThrow().contains("no engine answered"));
        assertEquals(
                List.of(new BulkItem("good", true, WorkflowStatus.RUNNING, Optional.empty(), Optional.empty())),
                report.accepted());
        assertEquals(4, report.rejected().size());
    }

    @Test
    void shouldCountOnlyInADryRun() {
        addWorkflows(7);

        assertEquals(7, client.bulk(WorkflowFilter.all()).dryRun());
        assertEquals(2, client.bulk(List.of("a", "b", "a")).dryRunAsync().join());
        assertEquals(
                0,
                client.bulk(WorkflowFilter.all().status(WorkflowStatus.FAILED)).dryRun());
        assertEquals(List.of(), engine.commands);
    }

    @Test
    void shouldSendNothingWhenThereAreMoreThanTheLimit() {
        addWorkflows(1_200);
        BulkCommand bulk = client.bulk(WorkflowFilter.all()).limit(600);

        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> bulk.cancel(StopOptions.none()));

        assertEquals(1_000, refused.size());
        assertEquals(
                "the bulk command, as far as counted, has 1000 workflows, the limit is 600 workflows",
                refused.getMessage());
        assertThrows(LimitExceededException.class, bulk::dryRun);
        BulkCommand ids = client.bulk(List.of("a", "b", "c")).limit(2);
        assertThrows(LimitExceededException.class, () -> ids.resume(ResumeOptions.none()));
        assertEquals(List.of(), engine.commands);
    }

    @Test
    void shouldReportNothingWhenThereIsNothing() {
        assertEquals(
                List.of(),
                client.bulk(WorkflowFilter.all()).cancel(StopOptions.none()).items());
        assertEquals(List.of(), client.bulk(List.of()).fork().items());
    }

    @Test
    void shouldFailWhenTheListIsNotComplete() {
        addWorkflows(3);
        engine.silentPartition = 1;

        assertThrows(
                EngineUnavailableException.class,
                () -> client.bulk(WorkflowFilter.all()).cancel(StopOptions.none()));
        assertEquals(List.of(), engine.commands);
    }

    @Test
    void shouldForkEachUnderAFreshIdOfItsOwn() {
        List<String> ids = addWorkflows(3);
        CompletableFuture<BulkReport> run = client.bulk(ids)
                .forkAsync(ForkOptions.from(FromStep.lastFailure())
                        .applicationVersion("2")
                        .input("tea")
                        .reason("fixed"));
        timing.advance(Duration.ofSeconds(1));

        List<Fork> forks = engine.commands.stream().map(Command::getFork).toList();
        assertEquals(3, new HashSet<>(forks.stream().map(Fork::getWorkflowId).toList()).size());
        assertEquals(
                forks.stream().map(fork -> Optional.of(fork.getWorkflowId())).toList(),
                run.join().items().stream().map(BulkItem::forkWorkflowId).toList());
        for (Fork fork : forks) {
            assertEquals(StepPoint.LAST_FAILURE, fork.getFrom().getPoint());
            assertEquals("2", fork.getApplicationVersion());
            assertEquals(5, fork.getNewInput().getInput().getData().remaining());
        }
        assertEquals("fixed", engine.commands.get(0).getReason());
    }

    @Test
    void shouldForkFromTheLastFailureUnlessToldOtherwise() {
        List<String> ids = addWorkflows(1);

        assertEquals(1, client.bulk(ids).fork().accepted().size());

        Fork fork = engine.commands.get(0).getFork();
        assertEquals(StepPoint.LAST_FAILURE, fork.getFrom().getPoint());
        assertNull(fork.getNewInput());
    }

    @Test
    void shouldRefuseOneIdForManyForks() {
        ForkOptions named = ForkOptions.from(FromStep.number(1)).workflowId("copy");
        BulkCommand bulk = client.bulk(addWorkflows(2));

        assertThrows(IllegalArgumentException.class, () -> bulk.fork(named));
        assertThrows(IllegalArgumentException.class, () -> bulk.forkAsync(named));
        assertEquals(List.of(), engine.commands);
    }

    @Test
    void shouldRepeatTheSameCommandsWhenARunIsRepeated() {
        List<String> ids = addWorkflows(1);
        BulkCommand bulk = client.bulk(ids);
        ForkOptions options = ForkOptions.from(FromStep.lastFailure());
        bulk.fork(options);
        bulk.perSecond(5).fork(options);
        client.bulk(ids).fork(options);
        client.bulk(ids).fork(options.commandId("repair"));
        client.bulk(ids).fork(options.commandId("repair"));
        bulk.resume(ResumeOptions.none());

        List<Command> sent = engine.commands;
        assertEquals(sent.get(0).getCommandId(), sent.get(1).getCommandId());
        assertEquals(sent.get(0).getFork(), sent.get(1).getFork());
        assertNotEquals(sent.get(0).getCommandId(), sent.get(2).getCommandId());
        assertNotEquals(
                sent.get(0).getFork().getWorkflowId(), sent.get(2).getFork().getWorkflowId());
        assertEquals(sent.get(3).getCommandId(), sent.get(4).getCommandId());
        assertEquals(sent.get(3).getFork(), sent.get(4).getFork());
        assertNotEquals(sent.get(0).getCommandId(), sent.get(5).getCommandId(), "another command");
    }

    @Test
    void shouldTellTheListenerOfEachOutcomeAsItComes() {
        List<String> ids = addWorkflows(3);
        holdReplies();
        List<String> told = new ArrayList<>();

        CompletableFuture<BulkReport> report = client.bulk(ids)
                .onProgress(item -> {
                    told.add(item.workflowId());
                    throw new IllegalStateException("the listener's own trouble");
                })
                .cancelAsync(StopOptions.none());
        timing.advance(Duration.ofSeconds(1));
        releaseReply(2);
        assertEquals(List.of(ids.get(2)), told);
        releaseReply(1);
        releaseReply(0);

        assertEquals(List.of(ids.get(2), ids.get(1), ids.get(0)), told);
        assertEquals(3, report.join().accepted().size());
    }

    @Test
    void shouldSendNoMoreWhenItIsCancelled() {
        CompletableFuture<BulkReport> report =
                client.bulk(addWorkflows(100)).perSecond(10).cancelAsync(StopOptions.none());
        timing.advance(Duration.ofSeconds(2));
        int sent = engine.commands.size();
        assertFalse(report.isDone());

        report.cancel(false);
        timing.advance(Duration.ofMinutes(1));

        assertEquals(sent, engine.commands.size());
        assertEquals(0, timing.pending());
    }

    @Test
    void shouldRefuseRatesAndLimitsThatCannotBe() {
        BulkCommand bulk = client.bulk(List.of("a"));

        assertThrows(IllegalArgumentException.class, () -> bulk.perSecond(0));
        assertThrows(IllegalArgumentException.class, () -> bulk.perSecond(10_001));
        assertThrows(IllegalArgumentException.class, () -> bulk.limit(0));
    }

    private List<String> addWorkflows(int count) {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> "w-" + i).toList();
        IntStream.range(0, count).forEach(i -> engine.add(state(ids.get(i), 1_000 + i, WorkflowStatus.RUNNING)));
        List<String> newestFirst = new ArrayList<>(ids);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private void holdReplies() {
        var accept = engine.decide;
        engine.decide = (command, reply) -> {
            CompletableFuture<CommandReply> later = new CompletableFuture<>();
            CompletableFuture<CommandReply> now = accept.apply(command, reply);
            held.add(() -> later.complete(now.join()));
            return later;
        };
    }

    private void releaseReply(int index) {
        held.remove(index).run();
    }
}
