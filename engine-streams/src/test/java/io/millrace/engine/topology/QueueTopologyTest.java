package io.millrace.engine.topology;

import static io.millrace.engine.testing.QueueSamples.move;
import static io.millrace.engine.testing.QueueSamples.setPriority;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.EnqueuedWorkflow;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.ListQueue;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueListAnswer;
import io.millrace.schemas.QueueStatistics;
import io.millrace.schemas.RateLimit;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A workflow's way through a queue with limits: out to the queue's home by the transfers, and back. */
class QueueTopologyTest {
    private final QueuesUnderTest queues = new QueuesUnderTest();

    @AfterEach
    void close() {
        queues.close();
    }

    @Test
    void shouldLetAsManyRunAsTheQueueSaysAndTheNextWhenOneHasEnded() {
        queues.served().set(queue -> queue.setConcurrency(2));
        queues.startAll("a", "b", "c");
        assertEquals(List.of("a", "b"), queues.granted());
        assertEquals("its turn on queue \"q\"", queues.state("c").getWaitingFor());
        queues.complete("a");
        assertEquals(List.of("c"), queues.granted());
        queues.complete("b");
        queues.complete("c");
        assertEquals(0, queues.statistics().getSlotsHeld());
    }

    @Test
    void shouldRefuseAQueueThatNobodyHasDeclared() {
        CommandReply refused = queues.start("a");
        assertEquals(CommandOutcome.REJECTED, refused.getOutcome());
        assertTrue(refused.getInvalid());
        assertEquals(
                "there is no queue \"q\": declare it in a worker, or with millrace queue set q", refused.getReason());
        queues.set(queue -> {});
        assertEquals(CommandOutcome.ACCEPTED, queues.start("a").getOutcome());
    }

    @Test
    void shouldRefuseWhatTheQueueDoesNotHave() {
        queues.set(queue -> {});
        assertTrue(queues.start("a", start -> start.setPriority(1)).getReason().contains("has no priorities"));
        assertTrue(queues.start("a", start -> start.setPartitionKey("k"))
                .getReason()
                .contains("no partition keys"));
        queues.set(queue -> queue.setPriorityEnabled(true));
        assertNull(queues.start("a", start -> start.setPriority(1)).getReason());
    }

    @Test
    void shouldTakeThePrioritiesInOrder() {
        queues.set(queue -> queue.setPriorityEnabled(true));
        queues.start("late", start -> start.setPriority(200));
        queues.startAll("first", "second");
        queues.start("urgent", start -> start.setPriority(1));
        queues.command("late", setPriority(queues.nextCommand(), 2));
        queues.served();
        assertEquals(List.of("urgent", "late", "first", "second"), queues.grantedSoon());
    }

    @Test
    void shouldHoldARate() {
        queues.served().set(queue -> queue.setRateLimit(new RateLimit(2, 1_000L)));
        queues.startAll("a", "b", "c");
        assertEquals(List.of("a", "b"), queues.granted());
        queues.complete("a");
        queues.engine().advance(Duration.ofMillis(990));
        assertEquals(List.of(), queues.granted());
        queues.engine().advance(Duration.ofMillis(100));
        assertEquals(List.of("c"), queues.granted());
    }

    @Test
    void shouldLetKeysTakeTurns() {
        queues.set(queue -> {
            queue.setPartitioned(true);
            queue.setPartitionConcurrency(2);
        });
        for (String id : List.of("a1", "a2", "a3", "b1")) {
            queues.start(id, start -> start.setPartitionKey(id.substring(0, 1)));
        }
        queues.served();
        assertEquals(List.of("a1", "b1", "a2"), queues.grantedSoon());
        queues.complete("a1");
        assertEquals(List.of("a3"), queues.granted());
    }

    @Test
    void shouldLetOneAtATimeHoldADeduplicationId() {
        queues.served().set(queue -> queue.setConcurrency(1));
        assertEquals(CommandOutcome.ACCEPTED, startOnce("a").getOutcome());
        CommandReply refused = startOnce("b");
        assertEquals(CommandOutcome.REJECTED, refused.getOutcome());
        assertEquals("a", refused.getDeduplicationHolder());
        CommandReply existing = queues.start("c", start -> {
            start.setDeduplicationId("once");
            start.setDeduplicationPolicy(DeduplicationPolicy.RETURN_EXISTING);
        });
        assertEquals(CommandOutcome.ACCEPTED, existing.getOutcome());
        assertEquals("a", existing.getWorkflowId());
        assertTrue(existing.getExisting());
        assertEquals(List.of("a"), queues.granted());
        queues.complete("a");
        assertEquals(CommandOutcome.ACCEPTED, startOnce("b").getOutcome(), "it is free again");
    }

    @Test
    void shouldNeedADeduplicationIdAgainToRunAgain() {
        queues.served().set(queue -> queue.setConcurrency(1));
        startOnce("a");
        queues.granted();
        queues.report("a", Samples.failed(0));
        startOnce("b");
        CommandReply refused = queues.command("a", Commands.resume(queues.nextCommand()));
        assertEquals(CommandOutcome.REJECTED, refused.getOutcome());
        assertTrue(refused.getReason().contains("is held by workflow \"b\""), refused.getReason());
        queues.command("b", Commands.terminate(queues.nextCommand()));
        assertEquals(
                CommandOutcome.ACCEPTED,
                queues.command("a", Commands.resume(queues.nextCommand())).getOutcome());
        assertEquals("a", startOnce("b2").getDeduplicationHolder());
    }

    @Test
    void shouldNotLetARefusedCommandFreeWhatAnotherHolds() {
        queues.served().set(queue -> queue.setConcurrency(1));
        startOnce("a");
        queues.granted();
        queues.complete("a");
        CommandReply refused = queues.command("a", Commands.rewind(queues.nextCommand(), 7));
        assertEquals(CommandOutcome.REJECTED, refused.getOutcome(), "there is no such step");
        assertEquals(CommandOutcome.ACCEPTED, startOnce("b").getOutcome(), "what it was to hold is free again");
    }

    @Test
    void shouldTakeOneThatIsResumedWhileItWaitsPastTheLimits() {
        queues.served().set(queue -> queue.setConcurrency(1));
        queues.startAll("a", "b", "c");
        assertEquals(List.of("a"), queues.granted());
        queues.command("c", Commands.resume(queues.nextCommand()));
        assertEquals(List.of("c"), queues.grantedSoon());
        assertEquals(1, queues.statistics().getSlotsHeld(), "it holds none");
        queues.complete("c");
        assertEquals(List.of(), queues.granted());
        queues.complete("a");
        assertEquals(List.of("b"), queues.granted());
    }

    @Test
    void shouldMoveOneToAnotherQueue() {
        queues.served().set(queue -> queue.setConcurrency(0));
        queues.set("other", queue -> queue.setConcurrency(1));
        queues.startAll("a", "b");
        assertEquals(List.of(), queues.grantedSoon());
        queues.command("b", move(queues.nextCommand(), "other", null, null));
        assertEquals(List.of("b"), queues.granted());
        assertEquals("other", queues.state("b").getQueue());
        CommandReply refused = queues.command("a", move(queues.nextCommand(), "nowhere", null, null));
        assertTrue(refused.getReason().contains("there is no queue \"nowhere\""));
        queues.set(queue -> queue.setConcurrency(1));
        assertEquals(List.of("a"), queues.granted());
    }

    @Test
    void shouldListWhatWaitsPageByPageInTheOrderOfTheirTurns() {
        queues.set(queue -> {
            queue.setConcurrency(0);
            queue.setPriorityEnabled(true);
            queue.setPartitioned(true);
        });
        queues.start("late", start -> start.setPriority(200));
        queues.start("key", start -> start.setPartitionKey("k"));
        queues.start("plain");
        queues.start("urgent", start -> {
            start.setPriority(1);
            start.setPartitionKey("k");
        });
        queues.start("expedited");
        queues.command("expedited", Commands.resume(queues.nextCommand()));
        assertEquals(List.of("expedited", "urgent", "key", "plain", "late"), list(null, 2));
        assertEquals(List.of("expedited", "urgent", "key", "plain", "late"), list(null, 100));
        assertEquals(List.of("urgent", "key"), list("k", 1));
        QueueStatistics statistics = queues.statistics();
        assertEquals(5, statistics.getDepth());
        assertEquals(0, statistics.getRunning());
        assertEquals(EngineUnderTest.BEGINNING.toEpochMilli(), statistics.getOldestEnqueuedAtMs());
        assertEquals("a free slot: its concurrency is 0, and 0 are held", statistics.getWaitingFor());
    }

    @Test
    void shouldCountWhatBeginsAndEnds() {
        queues.served().set(queue -> queue.setConcurrency(2));
        queues.startAll("a", "b", "c");
        queues.granted();
        queues.complete("a");
        queues.granted();
        QueueStatistics statistics = queues.statistics();
        assertEquals(0, statistics.getDepth());
        assertEquals(2, statistics.getRunning());
        assertEquals(2, statistics.getSlotsHeld());
        assertEquals(3, statistics.getBegunLastMinute());
        assertEquals(1, statistics.getEndedLastMinute());
        assertEquals(2, statistics.getSettings().getConcurrency());
        assertNull(statistics.getWaitingFor());
        assertNull(statistics.getOldestEnqueuedAtMs());
    }

    @Test
    void shouldTellAParentOfAChildThatNoQueueTakes() {
        queues.served().set(queue -> queue.setConcurrency(1));
        queues.start("a");
        queues.granted();
        queues.report("a", childStarted(1, "nowhere"), childStarted(2, "default"));
        List<InboxMessage> told = queues.engine().inboxOf(QueuesUnderTest.WORKER);
        var end = told.stream()
                .filter(message -> message.getStepEnded() != null)
                .map(message -> message.getStepEnded().getStep())
                .findFirst()
                .orElseThrow();
        assertEquals(1, end.getSeq());
        assertEquals(StepStatus.FAILED, end.getStatus());
        assertTrue(end.getFailure().getMessage().contains("there is no queue \"nowhere\""));
        assertEquals(WorkflowStatus.RUNNING, queues.state("a/2").getStatus());
    }

    @Test
    void shouldLetAChildBeginOnAQueueWithLimits() {
        queues.served().set("other", queue -> queue.setConcurrency(1));
        queues.set(queue -> queue.setConcurrency(1));
        queues.start("a");
        queues.granted();
        queues.report("a", childStarted(1, "other"), childStarted(2, "other"));
        assertEquals(List.of("a/1"), queues.granted());
        queues.complete("a/1");
        assertEquals(List.of("a/2"), queues.granted());
    }

    @Test
    void shouldLetAnEagerStartWaitItsTurn() {
        queues.served().set(queue -> queue.setConcurrency(1));
        queues.start("a");
        queues.granted();
        Start start = Samples.demo();
        start.setQueue(QueuesUnderTest.QUEUE);
        queues.engine()
                .report("eager", QueuesUnderTest.WORKER, 1, Samples.eagerlyStarted(start), Samples.stepCompleted(1));
        InboxMessage revoked = queues.engine().inboxOf(QueuesUnderTest.WORKER).get(0);
        assertNotNull(revoked.getRevoked());
        assertTrue(revoked.getRevoked().getReason().contains("has limits"));
        assertEquals(WorkflowStatus.ENQUEUED, queues.state("eager").getStatus());
        queues.complete("a");
        assertEquals(List.of("eager"), queues.granted());
        assertEquals(2, queues.epochOf("eager"), "what it did before is nobody's");
        assertEquals(0, queues.state("eager").getStepCount());
    }

    private CommandReply startOnce(String workflowId) {
        return queues.start(workflowId, start -> start.setDeduplicationId("once"));
    }

    private static WorkerFact childStarted(int seq, String queue) {
        Start start = Samples.demo();
        start.setQueue(queue);
        WorkerFact fact = new WorkerFact();
        fact.setChildStarted(new ChildStarted(seq, "a/" + seq, start, ParentClosePolicy.CANCEL, 1L));
        return fact;
    }

    private List<String> list(@Nullable String partitionKey, int limit) {
        List<String> found = new ArrayList<>();
        ByteBuffer cursor = null;
        do {
            ListQueue list = new ListQueue();
            list.setQueue(QueuesUnderTest.QUEUE);
            list.setPartitionKey(partitionKey);
            list.setLimit(limit);
            list.setCursor(cursor);
            Query query = new Query();
            query.setQueryId("list");
            query.setListQueue(list);
            QueueListAnswer page = queues.engine().ask(query).getQueueList();
            assertTrue(page.getWorkflows().size() <= limit);
            for (EnqueuedWorkflow workflow : page.getWorkflows()) {
                found.add(workflow.getWorkflow().getWorkflowId());
            }
            cursor = page.getNextCursor();
        } while (cursor != null);
        return found;
    }
}
