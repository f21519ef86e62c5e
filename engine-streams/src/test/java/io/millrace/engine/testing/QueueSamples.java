package io.millrace.engine.testing;

import io.millrace.schemas.Command;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.QueueAsked;
import io.millrace.schemas.SetPriority;
import io.millrace.schemas.Start;
import io.millrace.schemas.StartChild;
import io.millrace.schemas.Transfer;
import org.jspecify.annotations.Nullable;

/** What clients say of a workflow's place in a queue, and what queues say, with everything that does not matter filled in. */
public final class QueueSamples {
    /** The queue that is asked, unless another one is named. */
    public static final String QUEUE = "default";

    /** The deduplication id that is asked about. */
    public static final String DEDUPLICATION_ID = "once";

    static {
        Samples.ready();
    }

    private QueueSamples() {}

    /** Another priority. */
    public static Command setPriority(String commandId, int priority) {
        Command command = Commands.empty(commandId);
        command.setSetPriority(new SetPriority(priority));
        return command;
    }

    /** Another queue. */
    public static Command move(
            String commandId, String queue, @Nullable Integer priority, @Nullable String partitionKey) {
        Command command = Commands.empty(commandId);
        command.setMoveToQueue(new MoveToQueue(queue, priority, partitionKey));
        return command;
    }

    /** A start of type "demo" with all that it can have on a queue. */
    public static Start placed(int priority, String deduplicationId, String partitionKey) {
        Start start = Samples.demo();
        start.setPriority(priority);
        start.setDeduplicationId(deduplicationId);
        start.setPartitionKey(partitionKey);
        return start;
    }

    /** A start that is content with whoever holds its deduplication id. */
    public static Command takingHolder(String commandId) {
        Start start = Samples.demo();
        start.setDeduplicationId(DEDUPLICATION_ID);
        start.setDeduplicationPolicy(DeduplicationPolicy.RETURN_EXISTING);
        return Samples.startCommand(commandId, start);
    }

    /** The queue was asked, and has nothing against it. */
    public static QueueAnswered allowed() {
        return new QueueAnswered(asked("order-1"), null, null, null);
    }

    /** The queue objects. */
    public static QueueAnswered objection(String why) {
        return new QueueAnswered(asked("order-1"), why, null, null);
    }

    /** The deduplication id is another workflow's. */
    public static QueueAnswered heldBy(String holder) {
        return new QueueAnswered(asked("order-1"), null, holder, null);
    }

    /** What a queue is asked, but for the command or the child that it is about. */
    public static QueueAsked asked(String workflowId) {
        QueueAsked asked = new QueueAsked();
        asked.setWorkflowId(workflowId);
        asked.setQueue(QUEUE);
        asked.setDeduplicationId(DEDUPLICATION_ID);
        return asked;
    }

    /** A queue has nothing against a child of type "demo", which is "order-1". */
    public static Transfer allowedChild(String parentId, int step) {
        QueueAsked asked = asked("order-1");
        asked.setParentWorkflowId(parentId);
        asked.setStartChild(new StartChild(step, Samples.demo(), null));
        Transfer transfer = Transfers.from(QUEUE);
        transfer.setQueueAnswered(new QueueAnswered(asked, null, null, null));
        return transfer;
    }

    /** A queue objects to such a child. */
    public static Transfer objectedChild(String parentId, int step) {
        Transfer transfer = allowedChild(parentId, step);
        transfer.getQueueAnswered().setObjection("no such queue");
        return transfer;
    }
}
