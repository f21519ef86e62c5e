package io.millrace.engine.topology;

import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.sendOnce;
import static io.millrace.engine.testing.Commands.terminate;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.machine.Retention;
import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.GetSteps;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.Purged;
import io.millrace.schemas.Query;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workflows that have been closed for long enough are gone from everywhere, and nothing that is still said of them does harm. */
class RetentionTopologyTest {
    private static final Duration KEPT = Duration.ofDays(2);

    private final List<String> observed = new ArrayList<>();
    private final EngineUnderTest engine = new EngineUnderTest(
            new EngineObserver() {
                @Override
                public void workflowPurged(String workflowType) {
                    observed.add(workflowType);
                }
            },
            Retention.of(KEPT));

    @AfterEach
    void close() {
        engine.close();
    }

    private void closed(String workflowId) {
        engine.start(workflowId, demo());
        engine.command(workflowId, terminate("end-" + workflowId));
    }

    private void forget() {
        engine.replies();
        engine.history();
        engine.statuses();
        engine.transfers();
        engine.deletedCommands();
    }

    private static Query query() {
        return Query.newBuilder().setQueryId("q").setAnswerPartition(0).build();
    }

    private boolean isThere(String workflowId) {
        Query query = query();
        query.setGetWorkflow(new GetWorkflow(workflowId));
        return engine.ask(query).getWorkflow().getWorkflow() != null;
    }

    private List<String> listed() {
        Query query = query();
        WorkflowConditions all =
                new WorkflowConditions(List.of(), null, null, null, null, null, null, Map.of(), null, null);
        query.setListWorkflows(ListWorkflows.newBuilder().setConditions(all).build());
        return engine.ask(query).getWorkflows().getWorkflows().stream()
                .map(WorkflowState::getWorkflowId)
                .toList();
    }

    private CommandReply onlyReply() {
        List<CommandReply> replies = engine.replies();
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private void mustBeHarmless(String key, Transfer transfer) {
        engine.put(Topic.TRANSFERS, key, transfer);
        assertEquals(List.of(), engine.deadLetterReasons());
        assertEquals(List.of(), engine.history());
    }

    @Test
    void shouldForgetAWorkflowWhenItsRetentionIsOver() {
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        engine.report("a", "w1", 1, stepCompleted(1));
        engine.command("a", sendOnce("m1", "orders", "key-1"));
        engine.report("a", "w1", 1, stepCompleted(2), completed(2));
        engine.command("a", fork("f1", "a-copy", 2));
        engine.command("a-copy", terminate("t1"));
        engine.advance(KEPT.minusMillis(20));
        assertTrue(isThere("a"));
        forget();

        engine.advance(Duration.ofMillis(40));
        assertFalse(isThere("a"));
        assertEquals(List.of(), listed());
        assertEquals(Map.of('p', 1), engine.rows(), "all that is left says that nothing is missing");
        assertEquals(List.of("demo", "demo"), observed);
        Query steps = query();
        steps.setGetSteps(new GetSteps("a", 1, 10));
        assertFalse(engine.ask(steps).getSteps().getFound());
    }

    @Test
    void shouldTellEveryTopicOfIt() {
        closed("a");
        long entries = engine.history().size();
        forget();
        engine.advance(KEPT.plusMillis(20));
        assertEquals(List.of(KeyValue.pair("a", null)), engine.statuses());
        assertEquals(List.of("a"), engine.deletedCommands());
        List<HistoryEntry> last = engine.history();
        assertEquals(1, last.size());
        assertEquals(entries + 1, last.get(0).getNumber());
        assertEquals(new Purged(KEPT.toMillis()), last.get(0).getFacts().get(0).getPurged());
        engine.advance(KEPT);
        assertEquals(List.of(), engine.history());
    }

    @Test
    void shouldLetItsIdBeUsedAfresh() {
        closed("a");
        engine.command("a", resume("again"));
        engine.advance(Duration.ofSeconds(1));
        engine.command("a", terminate("t2"));
        engine.advance(KEPT.plusMillis(20));
        forget();
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        assertFalse(onlyReply().getExisting());
        assertEquals(1, engine.history().get(0).getNumber());
        assertEquals(1, engine.lastStatus().getEpoch());
        engine.command("a", terminate("t2"));
        assertEquals(WorkflowStatus.TERMINATED, onlyReply().getStatus(), "a command id is free again as well");
        engine.advance(KEPT.minusSeconds(1));
        assertTrue(isThere("a"));
        engine.advance(Duration.ofSeconds(2));
        assertFalse(isThere("a"));
    }

    @Test
    void shouldNotPurgeWhatRunsAgain() {
        closed("a");
        engine.advance(KEPT.minusSeconds(1));
        engine.command("a", resume("again"));
        engine.advance(KEPT.multipliedBy(3));
        assertTrue(isThere("a"));
        engine.command("a", terminate("t2"));
        engine.advance(KEPT.minusSeconds(1));
        assertTrue(isThere("a"), "the time counts anew");
        engine.advance(Duration.ofSeconds(2));
        assertFalse(isThere("a"));
    }

    @Test
    void shouldGoByWhatEachStartSays() {
        Start brief = demo();
        brief.setRetentionMs(5_000L);
        Start lasting = demo();
        lasting.setRetentionMs(KEPT.multipliedBy(5).toMillis());
        engine.start("brief", brief);
        engine.start("lasting", lasting);
        engine.start("usual", demo());
        for (String id : List.of("brief", "lasting", "usual")) {
            engine.command(id, terminate("t"));
        }
        engine.advance(Duration.ofSeconds(6));
        assertEquals(List.of("lasting", "usual"), listed());
        engine.advance(KEPT);
        assertEquals(List.of("lasting"), listed());
        engine.advance(KEPT.multipliedBy(4));
        assertEquals(List.of(), listed());
    }

    @Test
    void shouldRejectWhatComesTooLateAndTellWhoSentIt() {
        engine.workerTakes("w1", 1);
        closed("a");
        engine.advance(KEPT.plusMillis(20));
        forget();
        engine.inboxOf("w1");
        engine.report("a", "w1", 1, stepCompleted(1));
        assertEquals(
                "there is no workflow with this id",
                engine.inboxOf("w1").get(0).getRevoked().getReason());
        engine.command("a", resume("late"));
        assertEquals("there is no workflow with this id", onlyReply().getReason());
        assertEquals(List.of("a"), engine.deletedCommands(), "the topic does not keep a command to nobody");
        assertEquals(List.of(), engine.deadLetterReasons());
    }

    @Test
    void shouldTakeNoHarmFromWhatOthersStillTell() {
        closed("a");
        engine.advance(KEPT.plusMillis(20));
        forget();
        mustBeHarmless("a", Transfers.news("child", 1, WorkflowStatus.COMPLETED));
        mustBeHarmless("a", Transfers.receipt("other", 1, 0));
        mustBeHarmless("a", Transfers.stopChild("parent", ParentClosePolicy.CANCEL));
        mustBeHarmless("a", Transfers.forkPart("source", "f", 2, false, 2));
        forget();
        mustBeHarmless("a", Transfers.message("sender", 4, "orders", "hello"));
        assertFalse(engine.transfers()
                .get(0)
                .value
                .getMessageReceipt()
                .getAnswered()
                .getAccepted());
        assertEquals(Map.of('p', 1), engine.rows());
    }

    @Test
    void shouldAnswerAForkWhoseSourceIsGone() {
        closed("a");
        engine.advance(KEPT.plusMillis(20));
        forget();
        mustBeHarmless("a", Transfers.forkReceipt("copy", "f1"));
        CommandReply reply = onlyReply();
        assertEquals("f1", reply.getCommandId());
        assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome());
        assertEquals("copy", reply.getForkWorkflowId());
        assertEquals(WorkflowStatus.UNKNOWN, reply.getStatus());
    }

    @Test
    void shouldKeepACopyThatIsNotCompleteUntilItIs() {
        engine.put(Topic.TRANSFERS, "copy", Transfers.forkPart("source", "f", 1, true, 1));
        engine.command("copy", terminate("t"));
        engine.advance(KEPT.plusDays(1));
        assertTrue(isThere("copy"));
        forget();
        engine.put(Topic.TRANSFERS, "copy", Transfers.forkPart("source", "f", 2, false, 2));
        assertTrue(
                engine.transfers().get(0).value.getForkReceipt().getAnswered().getAccepted());
        engine.advance(Duration.ofMillis(20));
        assertFalse(isThere("copy"));
    }

    @Test
    void shouldKeepAnOpenParentAndTheEndOfItsChild() {
        engine.workerTakes("w1", 2);
        engine.start("a", demo());
        engine.report("a", "w1", 1, childStarted(1, "a/1"));
        engine.report("a/1", "w1", 1, completed(0));
        engine.advance(KEPT.plusMillis(20));
        assertEquals(List.of("a"), listed());
        Query steps = query();
        steps.setGetSteps(new GetSteps("a", 1, 10));
        assertEquals("a/1", engine.ask(steps).getSteps().getSteps().get(0).getChildWorkflowId());
        assertNull(engine.ask(steps).getSteps().getNextSeq());
    }
}
