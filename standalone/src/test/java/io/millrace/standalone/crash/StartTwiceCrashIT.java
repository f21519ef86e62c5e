package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two clients that start the same workflow at the same moment. */
final class StartTwiceCrashIT {
    /** Often enough that some of them really arrive in the same millisecond, and in either order. */
    private static final int ROUNDS = 25;

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldRunOnceWhatTwoClientsStartInTheSameMillisecond() {
        Stage stage = SERVER.stage(children, "start-twice");
        stage.startWorker("worker", Stage.LEASE);
        try (MillraceClient first = stage.connect();
                MillraceClient second = stage.connect()) {
            Stage.awaitAnswer(first);
            for (int round = 0; round < ROUNDS; round++) {
                startTwice(stage, "twice-" + round, first, second);
            }
        }
        TopicContents topics = stage.topics();
        List<CommandReply> replies = topics.read(Topic.REPLIES, CommandReply.class).stream()
                .map(TopicContents.Entry::value)
                .toList();
        Map<String, RecordedHistory> histories = RecordedHistory.all(topics);
        for (int round = 0; round < ROUNDS; round++) {
            String workflowId = "twice-" + round;
            checkRunOnce(histories.get(workflowId));
            assertEquals(List.of(1, 2), stage.effects().steps(workflowId));
            checkReplies(replies.stream()
                    .filter(reply -> reply.getWorkflowId().equals(workflowId))
                    .toList());
        }
    }

    private static void startTwice(Stage stage, String workflowId, MillraceClient first, MillraceClient second) {
        CyclicBarrier together = new CyclicBarrier(2);
        List<WorkflowHandle<Integer>> handles = Stream.of(first, second)
                .map(client ->
                        CompletableFuture.supplyAsync(() -> startWhenBothAreThere(stage, workflowId, client, together)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertNotEquals(
                handles.get(0).existing(), handles.get(1).existing(), "one is the first, and the other finds it");
        for (WorkflowHandle<Integer> handle : handles) {
            assertEquals(workflowId, handle.workflowId());
            assertEquals(2, handle.result(Stage.PATIENCE));
        }
    }

    private static WorkflowHandle<Integer> startWhenBothAreThere(
            Stage stage, String workflowId, MillraceClient client, CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return stage.start(client, workflowId, GatedWorkflow.Input.steps(2));
    }

    private static void checkRunOnce(RecordedHistory history) {
        history.check();
        assertEquals(1, history.facts(HistoryFact::getWorkflowStarted).size(), history.toString());
        assertEquals(1, history.facts(HistoryFact::getCommandNoted).size(), history.toString());
    }

    private static void checkReplies(List<CommandReply> replies) {
        assertEquals(2, replies.size(), replies.toString());
        for (CommandReply reply : replies) {
            assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome(), reply.toString());
            assertEquals(GatedWorkflow.TYPE, reply.getWorkflowType(), reply.toString());
            assertNotEquals(WorkflowStatus.UNKNOWN, reply.getStatus(), reply.toString());
        }
    }
}
