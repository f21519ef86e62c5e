package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.GetQueues;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.QueueStatistics;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An engine of one partition, one queue, and one worker with room for many: what runs there says what the queue lets run. */
final class QueuesUnderTest implements AutoCloseable {
    static final String QUEUE = "q";
    static final String WORKER = "w1";
    private static final int ROOM = 50;

    private final EngineUnderTest engine = new EngineUnderTest();
    private final Map<String, Long> epochs = new HashMap<>();
    private long grantsSeen;
    private int commands;

    EngineUnderTest engine() {
        return engine;
    }

    /** A worker of the queue, of another one and of the default one. */
    QueuesUnderTest served() {
        engine.workerServes(WORKER, ROOM, QUEUE, "other", "default");
        return this;
    }

    CommandReply set(Consumer<QueueSettings> settings) {
        return set(QUEUE, settings);
    }

    CommandReply set(String queue, Consumer<QueueSettings> change) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(queue);
        change.accept(settings);
        Command command = Commands.empty(nextCommand());
        command.setSetQueue(new SetQueue(settings, false));
        return command(queue, command);
    }

    String nextCommand() {
        return "command-" + ++commands;
    }

    /** What the command is answered in the end. */
    CommandReply command(String key, Command command) {
        engine.command(key, command);
        List<CommandReply> replies = engine.replies();
        assertEquals(1, replies.size(), () -> "one answer: " + replies);
        return replies.get(0);
    }

    CommandReply start(String workflowId) {
        return start(workflowId, start -> {});
    }

    CommandReply start(String workflowId, Consumer<Start> change) {
        Start start = Samples.demo();
        start.setQueue(QUEUE);
        change.accept(start);
        return command(workflowId, Samples.startCommand(nextCommand(), start));
    }

    void startAll(String... workflowIds) {
        for (String id : workflowIds) {
            start(id);
        }
    }

    /** What was granted since the last time, in order. The worker has seen it, and has as much room as before. */
    List<String> granted() {
        List<String> granted = new ArrayList<>();
        for (InboxMessage message : engine.inboxOf(WORKER)) {
            if (message.getGrant() != null) {
                Grant grant = message.getGrant();
                granted.add(grant.getWorkflowId());
                epochs.put(grant.getWorkflowId(), grant.getEpoch());
                grantsSeen = Math.max(grantsSeen, grant.getNumber());
            } else if (message.getGrantVoid() != null) {
                grantsSeen = Math.max(grantsSeen, message.getGrantVoid().getNumber());
            }
        }
        return granted;
    }

    /** As {@link #granted()}, when a moment has gone by. */
    List<String> grantedSoon() {
        engine.advance(Duration.ofMillis(300));
        return granted();
    }

    void offersRoom(int free) {
        engine.credit(WORKER, grantsSeen, free);
    }

    long epochOf(String workflowId) {
        Long epoch = epochs.get(workflowId);
        assertNotNull(epoch, workflowId + " was granted");
        return epoch;
    }

    void report(String workflowId, WorkerFact... facts) {
        engine.report(workflowId, WORKER, epochOf(workflowId), facts);
    }

    void complete(String workflowId) {
        report(workflowId, Samples.completed(0));
    }

    WorkflowState state(String workflowId) {
        Query query = new Query();
        query.setQueryId("state");
        query.setGetWorkflow(new GetWorkflow(workflowId));
        WorkflowState state = engine.ask(query).getWorkflow().getWorkflow();
        assertNotNull(state, workflowId);
        return state;
    }

    QueueStatistics statistics() {
        Query query = new Query();
        query.setQueryId("queues");
        query.setGetQueues(new GetQueues(QUEUE));
        return engine.ask(query).getQueues().getQueues().get(0);
    }

    @Override
    public void close() {
        engine.close();
    }
}
