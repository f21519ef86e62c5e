package io.millrace.engine.topology;

import io.millrace.engine.machine.Message;
import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.queue.QueuePost;
import io.millrace.schemas.Answer;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowState;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Everything that one partition's engine writes to topics. */
final class Outbound implements QueuePost {
    private final ProcessorContext<String, Object> context;
    private final EngineObserver observer;
    private final CommitPacer pacer;

    Outbound(ProcessorContext<String, Object> context, EngineObserver observer, CommitPacer pacer) {
        this.context = context;
        this.observer = observer;
        this.pacer = pacer;
    }

    /** Who is told of what the partition's engine does. */
    EngineObserver observer() {
        return observer;
    }

    void history(String workflowId, HistoryEntry entry) {
        tellAll(new Record<>(workflowId, entry, entry.getAtMs()), EngineTopology.HISTORY_SINK);
    }

    void status(WorkflowState state) {
        tellAll(new Record<>(state.getWorkflowId(), state, state.getUpdatedAtMs()), EngineTopology.STATUS_SINK);
    }

    /** The status of one that has ended, for whose end somebody waits: its starter, as a rule. */
    void awaitedStatus(WorkflowState state) {
        deliver(new Record<>(state.getWorkflowId(), state, state.getUpdatedAtMs()), EngineTopology.STATUS_SINK);
    }

    /** Deletes what is kept of a workflow on the topics that keep the last record of each. */
    void purged(String workflowId, long atMs) {
        tellAll(new Record<>(workflowId, null, atMs), EngineTopology.STATUS_SINK);
        commandsPurged(workflowId, atMs);
    }

    /** Deletes the last command to a workflow. No engine reads what callers send behind it on that topic before the transaction has ended. */
    void commandsPurged(String workflowId, long atMs) {
        deliver(new Record<>(workflowId, null, atMs), EngineTopology.COMMANDS_SINK);
    }

    /** Read before the transaction has ended, which is to be soon: until then a grant may be one that an engine that is killed gives to somebody else. */
    void inbox(String workerId, InboxMessage message) {
        deliver(new Record<>(workerId, message, context.currentSystemTimeMs()), EngineTopology.INBOX_SINK);
    }

    void answer(Answer answer, int partition) {
        deliver(
                new Record<>(answer.getQueryId(), new Addressed<>(answer, partition), context.currentSystemTimeMs()),
                EngineTopology.ANSWERS_SINK);
    }

    void transfer(String workflowId, Transfer transfer) {
        deliver(new Record<>(workflowId, transfer, context.currentSystemTimeMs()), EngineTopology.TRANSFERS_SINK);
    }

    @Override
    public void publish(QueueSettings settings) {
        deliver(new Record<>(settings.getQueue(), settings, settings.getUpdatedAtMs()), EngineTopology.QUEUES_SINK);
    }

    @Override
    public void send(Message message) {
        if (message instanceof Message.Reply reply) {
            observer.commandAnswered(reply.reply().getCommand(), reply.reply().getOutcome());
            deliver(
                    new Record<>(
                            reply.reply().getCommandId(),
                            new Addressed<>(reply.reply(), reply.partition()),
                            reply.reply().getAtMs()),
                    EngineTopology.REPLIES_SINK);
        } else if (message instanceof Message.ToWorker notice) {
            inbox(notice.workerId(), notice.body());
        } else if (message instanceof Message.ToWorkflow told) {
            transfer(told.workflowId(), told.body());
        } else {
            throw new IllegalArgumentException("a message of a kind that goes nowhere: " + message.getClass());
        }
    }

    /** For whoever is interested. */
    private void tellAll(Record<String, ?> record, String sink) {
        context.forward(record, sink);
        pacer.published();
    }

    /** What is to be seen soon, because somebody waits for it. */
    private void deliver(Record<String, ?> record, String sink) {
        context.forward(record, sink);
        pacer.delivered();
    }
}
