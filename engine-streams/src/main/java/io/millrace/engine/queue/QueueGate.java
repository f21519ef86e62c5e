package io.millrace.engine.queue;

import io.millrace.engine.machine.Message;
import io.millrace.engine.store.QueueStore;
import io.millrace.schemas.DeduplicationIdFreed;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.QueueAsked;
import io.millrace.schemas.Transfer;
import org.jspecify.annotations.Nullable;

/** Says, for queues that are at home in one partition, what may be put on them; and holds their deduplication ids. */
public final class QueueGate {
    private final QueueStore store;
    private final QueueHomes homes;
    private final QueuePost post;

    /** The gate of a partition's queues. */
    public QueueGate(QueueStore store, QueueHomes homes, QueuePost post) {
        this.store = store;
        this.homes = homes;
        this.post = post;
    }

    /** May this be? The deduplication id is held from now on, where it may. */
    public void onAsked(QueueAsked asked) {
        QueueAnswered answered = new QueueAnswered();
        answered.setAsked(asked);
        answered.setSettings(homes.settings(asked.getQueue()));
        answered.setObjection(QueueRules.objectionTo(
                asked.getQueue(), answered.getSettings(), asked.getPriority(), asked.getPartitionKey()));
        if (answered.getObjection() == null && asked.getDeduplicationId() != null) {
            answered.setHolder(hold(asked));
        }
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(asked.getQueue());
        transfer.setQueueAnswered(answered);
        post.send(new Message.ToWorkflow(asked.getWorkflowId(), transfer));
    }

    /** Whoever holds it already, if that is another one. */
    private @Nullable String hold(QueueAsked asked) {
        String workflowId = asked.getWorkflowId();
        QueueStore.Holder holder = store.holder(asked.getQueue(), asked.getDeduplicationId());
        if (holder != null && !workflowId.equals(holder.workflowId())) {
            return holder.workflowId();
        }
        String commandId = asked.getCommand() == null ? "" : asked.getCommand().getCommandId();
        store.hold(asked.getQueue(), asked.getDeduplicationId(), new QueueStore.Holder(workflowId, commandId));
        return null;
    }

    /** A workflow holds a deduplication id no longer, if it did; or a command was refused that it was held for last. */
    public void onFreed(String queue, String workflowId, DeduplicationIdFreed freed) {
        QueueStore.Holder holder = store.holder(queue, freed.getDeduplicationId());
        boolean holds = holder != null && holder.workflowId().equals(workflowId);
        if (holds && (freed.getCommandId() == null || freed.getCommandId().equals(holder.commandId()))) {
            store.hold(queue, freed.getDeduplicationId(), null);
        }
    }
}
