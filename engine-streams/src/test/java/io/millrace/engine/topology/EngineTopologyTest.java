package io.millrace.engine.topology;

import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.topology.EngineUnderTest.completed;
import static io.millrace.engine.topology.EngineUnderTest.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.GetSteps;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Parked;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Query;
import io.millrace.schemas.SleepStarted;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTopologyTest {
    private final EngineUnderTest engine = new EngineUnderTest();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldRunAWorkflowFromStartToResult() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);

        engine.start("a", demo());
        Grant grant = onlyGrantOf("w1");
        assertEquals(List.of("a", 1L, 1L), List.of(grant.getWorkflowId(), grant.getEpoch(), grant.getNumber()));
        assertEquals(demo().getInput(), grant.getInput());

        engine.report("a", "w1", 1, stepCompleted(1, "1"), completed(1));
        List<WorkflowStatus> statuses = engine.statuses().stream()
                .map(status -> status.value.getStatus())
                .toList();
        assertEquals(List.of(WorkflowStatus.RUNNING, WorkflowStatus.COMPLETED), statuses);
        CommandReply reply = engine.replies().get(0);
        assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome());
        assertEquals(2, engine.history().size());
    }

    @Test
    void shouldNeverGrantMoreThanItWasOffered() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 2);
        for (int i = 0; i < 5; i++) {
            engine.start("a" + i, demo());
        }
        assertEquals(List.of("a0", "a1"), workflowIds(grantsOf("w1")));

        engine.credit("w1", 2, 1);
        assertEquals(List.of("a2"), workflowIds(grantsOf("w1")));

        // A report that was overtaken by grants under way does not count them twice.
        engine.credit("w1", 2, 1);
        assertEquals(List.of(), workflowIds(grantsOf("w1")));
    }

    @Test
    void shouldSayWhatAWorkflowWaitsFor() {
        engine.start("a", demo());
        assertEquals(
                "a worker on queue \"default\": none is alive",
                engine.lastStatus().getWaitingFor());

        engine.workerIsAlive("w1", "other");
        engine.start("b", demo());
        assertEquals(
                "a worker on queue \"default\" that has workflow type \"demo\": none is alive",
                engine.lastStatus().getWaitingFor());
    }

    @Test
    void shouldAskForCreditWhereItHasNone() {
        engine.workerIsAlive("w1", "demo");
        engine.start("a", demo());
        List<InboxMessage> inbox = engine.inboxOf("w1");
        assertEquals(1, inbox.size());
        assertEquals(1, inbox.get(0).getCreditWanted().getWanted());
    }

    @Test
    void shouldReturnTheFirstRunToASecondStart() {
        engine.start("a", demo());
        String second = engine.start("a", demo());
        CommandReply reply = engine.replies().get(1);
        assertEquals(second, reply.getCommandId());
        assertTrue(reply.getExisting());
        assertEquals(WorkflowStatus.ENQUEUED, reply.getStatus());
        assertNotNull(engine.history().get(1).getFacts().get(0).getCommandNoted());
    }

    @Test
    void shouldAnswerTheSameCommandTheSameWayAndOnce() {
        Command command = Command.newBuilder()
                .setCommandId("once")
                .setIssuer("tester")
                .setIssuedAtMs(0)
                .setStart(demo())
                .build();
        engine.command("a", command);
        engine.command("a", command);
        List<CommandReply> replies = engine.replies();
        assertEquals(replies.get(0), replies.get(1));
        assertEquals(1, engine.history().size());
    }

    @Test
    void shouldRunALostWorkersWorkflowElsewhereFromWhereItWas() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        engine.report("a", "w1", 1, stepCompleted(1, "1"));
        engine.letLeasesRunOut();
        engine.workerIsAlive("w2", "demo");
        engine.credit("w2", 0, 1);

        Grant grant = onlyGrantOf("w2");
        assertEquals(2, grant.getEpoch());
        assertEquals(1, grant.getRecoveryAttempts());
        assertEquals(1, grant.getSteps().size());

        // The first worker was only slow: nothing of it counts any more, and it is told.
        engine.report("a", "w1", 1, stepCompleted(2, "2"));
        List<InboxMessage> inbox = engine.inboxOf("w1");
        assertEquals(1, inbox.get(inbox.size() - 1).getRevoked().getEpoch());
        engine.report("a", "w2", 2, completed(1));
        assertEquals(WorkflowStatus.COMPLETED, engine.lastStatus().getStatus());
    }

    @Test
    void shouldGiveUpAfterTooManyLostWorkers() {
        engine.start("a", demo());
        for (int i = 0; i <= EngineUnderTest.RECOVERY_LIMIT; i++) {
            engine.workerIsAlive("w" + i, "demo");
            engine.credit("w" + i, 0, 1);
            engine.letLeasesRunOut();
        }
        assertEquals(WorkflowStatus.RETRIES_EXHAUSTED, engine.lastStatus().getStatus());
    }

    @Test
    void shouldNotCountAWorkerThatLeaves() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        engine.workerLeaves("w1");
        engine.workerIsAlive("w2", "demo");
        engine.credit("w2", 0, 1);
        assertEquals(0, onlyGrantOf("w2").getRecoveryAttempts());
    }

    @Test
    void shouldCountAWorkerThatGivesUp() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        engine.workerIsGone("w1");
        engine.workerIsAlive("w2", "demo");
        engine.credit("w2", 0, 1);
        assertEquals(1, onlyGrantOf("w2").getRecoveryAttempts());
    }

    @Test
    void shouldWakeASleeperOnTime() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        grantsOf("w1");
        long dueAt = EngineUnderTest.BEGINNING.plusSeconds(60).toEpochMilli();
        engine.report("a", "w1", 1, sleep(1, dueAt), parked(1, dueAt));
        WorkflowState state = engine.lastStatus();
        assertEquals(WorkflowStatus.RUNNING, state.getStatus());
        assertEquals("the end of the sleep in step 1 at 2026-01-01T00:01:00Z", state.getWaitingFor());
        assertNull(state.getWorkerId());

        engine.credit("w1", 1, 1);
        engine.advance(Duration.ofSeconds(59));
        assertEquals(List.of(), grantsOf("w1"));
        engine.advance(Duration.ofSeconds(1));
        Grant grant = onlyGrantOf("w1");
        assertEquals(StepStatus.COMPLETED, grant.getSteps().get(0).getStatus());
        engine.report("a", "w1", 2, completed(1));
        assertEquals(WorkflowStatus.COMPLETED, engine.lastStatus().getStatus());
    }

    @Test
    void shouldNotRunADelayedWorkflowEarly() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        Start start = demo();
        start.setDelayMs(5_000L);
        engine.start("a", start);
        assertEquals(WorkflowStatus.DELAYED, engine.lastStatus().getStatus());
        engine.advance(Duration.ofMillis(4_990));
        assertEquals(List.of(), grantsOf("w1"));
        engine.advance(Duration.ofMillis(10));
        onlyGrantOf("w1");
    }

    @Test
    void shouldLeaveTimeForInputsWhenManyAreDueAtOnce() {
        int workflows = 10 * EngineEnvironment.TIMERS_PER_TICK;
        Start start = demo();
        start.setDelayMs(5_000L);
        for (int i = 0; i < workflows; i++) {
            engine.start("w" + i, start);
        }
        engine.statuses();
        engine.advance(Duration.ofMillis(4_990));
        List<Integer> firedInTicks = new ArrayList<>();
        int fired = 0;
        while (fired < workflows) {
            engine.advance(Duration.ofMillis(10));
            firedInTicks.add(engine.statuses().size());
            fired += firedInTicks.get(firedInTicks.size() - 1);
        }
        assertEquals(workflows, fired);
        assertTrue(firedInTicks.stream().allMatch(n -> n <= EngineEnvironment.TIMERS_PER_TICK), firedInTicks::toString);
        long idle = firedInTicks.stream().filter(n -> n == 0).count();
        assertTrue(idle * 3 >= firedInTicks.size() && idle * 3 <= 2L * firedInTicks.size(), firedInTicks::toString);
    }

    @Test
    void shouldTimeOutAndTellTheOwner() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        Start start = demo();
        start.setTimeoutMs(5_000L);
        engine.start("a", start);
        grantsOf("w1");
        engine.advance(Duration.ofSeconds(5));
        assertEquals(WorkflowStatus.TIMED_OUT, engine.lastStatus().getStatus());
        assertNotNull(engine.inboxOf("w1").get(0).getRevoked());
    }

    @Test
    void shouldSplitAGrantThatIsTooLargeForOneRecord() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        grantsOf("w1");
        String twoKilobytes = "\"" + "x".repeat(2_046) + "\"";
        for (int seq = 1; seq <= 1_000; seq++) {
            engine.report("a", "w1", 1, stepCompleted(seq, twoKilobytes));
        }
        engine.workerLeaves("w1");
        engine.workerIsAlive("w2", "demo");
        engine.credit("w2", 0, 1);

        List<Grant> parts = grantsOf("w2");
        assertTrue(parts.size() > 1);
        int expected = 1;
        for (Grant part : parts) {
            assertEquals(parts.size(), part.getParts());
            for (var step : part.getSteps()) {
                assertEquals(expected++, step.getSeq());
            }
        }
        assertEquals(1_001, expected);
    }

    @Test
    void shouldRefuseAStartThatIsTooLarge() {
        Start start = demo();
        start.setInput(new Payload("json", ByteBuffer.allocate(Limits.MAX_PAYLOAD_BYTES + 1)));
        engine.start("a", start);
        CommandReply reply = engine.replies().get(0);
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
        assertEquals("the input has 491521 bytes; the limit is 491520", reply.getReason());
    }

    @Test
    void shouldRefuseACompletionWithAGapAndRunTheRestAgain() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        grantsOf("w1");
        engine.report("a", "w1", 1, stepCompleted(2, "2"), completed(2));
        assertNotNull(engine.inboxOf("w1").get(0).getRevoked());
        engine.credit("w1", 1, 1);
        assertEquals(2, onlyGrantOf("w1").getEpoch());
    }

    @Test
    void shouldTakeAnEagerStartAndWhatComesWithIt() {
        WorkerFact eager = new WorkerFact();
        eager.setEagerlyStarted(new io.millrace.schemas.EagerlyStarted("c1", "tester", demo()));
        engine.report("a", "w1", 1, eager, stepCompleted(1, "1"), completed(1));
        assertEquals(WorkflowStatus.COMPLETED, engine.lastStatus().getStatus());
        assertEquals(1, engine.history().size());

        // The id is taken now, and the sender is told that its execution does not count.
        engine.report("a", "w2", 1, eager);
        assertNotNull(engine.inboxOf("w2").get(0).getRevoked());
    }

    @Test
    void shouldPutAsideWhatItCannotReadOrUnderstandAndGoOn() {
        engine.raw(Topic.COMMANDS, "a", new byte[] {1, 2, 3});
        engine.raw(Topic.EVENTS, "a", new byte[0]);
        engine.command(
                null,
                Command.newBuilder()
                        .setCommandId("c")
                        .setIssuer("tester")
                        .setIssuedAtMs(0)
                        .setStart(demo())
                        .build());
        assertEquals(3, engine.deadLetters().size());
        engine.start("a", demo());
        assertEquals(1, engine.replies().size());
    }

    @Test
    void shouldAnswerQueries() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        engine.advance(Duration.ofMillis(10));
        engine.start("b", demo());
        engine.report("a", "w1", 1, stepCompleted(1, "1"));

        Query get = query();
        get.setGetWorkflow(new GetWorkflow("a"));
        assertEquals(1, engine.ask(get).getWorkflow().getWorkflow().getStepCount());
        Query steps = query();
        steps.setGetSteps(new GetSteps("a", 1, 10));
        assertEquals("step-1", engine.ask(steps).getSteps().getSteps().get(0).getName());
        Query list = query();
        list.setListWorkflows(ListWorkflows.newBuilder().setLimit(1).build());
        var page = engine.ask(list).getWorkflows();
        assertEquals("b", page.getWorkflows().get(0).getWorkflowId());
        list.getListWorkflows().setAfter(page.getNext());
        page = engine.ask(list).getWorkflows();
        assertEquals("a", page.getWorkflows().get(0).getWorkflowId());
        assertNull(page.getNext());
    }

    @Test
    void shouldTellAProducerThatUsesAnotherPartitioner() {
        Partition third = new Partition(2, 4);
        String own = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> "order-" + i)
                .filter(third::owns)
                .findFirst()
                .orElseThrow();
        assertTrue(new Partition(2, 4).owns(own));
        Partition other = new Partition(1, 4);
        assertEquals(
                "the record is on partition 1, and workflow \"" + own
                        + "\" belongs on 2: use the partitioner of Kafka's"
                        + " Java client (murmur2 of the key), which librdkafka calls murmur2_random",
                other.objectionTo(own));
    }

    private static Query query() {
        return Query.newBuilder().setQueryId("q").setAnswerPartition(0).build();
    }

    private static WorkerFact sleep(int seq, long dueAtMs) {
        WorkerFact fact = new WorkerFact();
        fact.setSleepStarted(new SleepStarted(seq, "sleep", 0L, dueAtMs));
        return fact;
    }

    private static WorkerFact parked(int seq, long untilMs) {
        WorkerFact fact = new WorkerFact();
        fact.setParked(new Parked(seq, untilMs, 0));
        return fact;
    }

    private Grant onlyGrantOf(String workerId) {
        List<Grant> grants = grantsOf(workerId);
        assertEquals(1, grants.size(), () -> "grants of " + workerId + ": " + grants);
        return grants.get(0);
    }

    private List<Grant> grantsOf(String workerId) {
        return engine.inboxOf(workerId).stream()
                .map(InboxMessage::getGrant)
                .filter(grant -> grant != null)
                .toList();
    }

    private static List<String> workflowIds(List<Grant> grants) {
        return grants.stream().map(Grant::getWorkflowId).toList();
    }
}
