package io.millrace.engine.queue;

import io.millrace.engine.machine.CommandKind;
import io.millrace.engine.machine.CommandRules;
import io.millrace.engine.machine.Message;
import io.millrace.engine.machine.Statuses;
import io.millrace.schemas.Command;
import io.millrace.schemas.DeduplicationIdFreed;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.QueueAsked;
import io.millrace.schemas.Start;
import io.millrace.schemas.StartChild;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.store.StoredWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * What a partition has to ask a queue's home before it decides: whatever it would refuse by what it knows of the queue, which may be a moment behind,
 * and whatever needs a deduplication id. What is to be decided goes along, so that nothing is kept here.
 */
public final class QueueQuestions {
    private final QueueView queues;
    private final QueuePost post;

    /** The questions of one partition. */
    public QueueQuestions(QueueView queues, QueuePost post) {
        this.queues = queues;
        this.post = post;
    }

    /**
     * Asks what has to be known before a command is decided on.
     *
     * @param workflow as it is now; null where there is none
     * @return whether something had to be asked: then the command comes back with the answer
     */
    public boolean ask(String workflowId, Command command, @Nullable StoredWorkflow workflow) {
        QueueAsked question = isSound(workflowId, command) ? questionOf(command, workflow) : null;
        if (question == null) {
            return false;
        }
        question.setCommand(command);
        send(workflowId, question);
        return true;
    }

    /**
     * What is wrong in itself is refused where it is: its queue might have no name that could be asked, and what is asked about must fit a record.
     * Of a command with two bodies, the rules have looked at one only.
     */
    private static boolean isSound(String workflowId, Command command) {
        return CommandKind.of(command) != null && CommandRules.objectionTo(workflowId, command) == null;
    }

    /** Asks what has to be known before a parent's child is started; as {@link #ask(String, Command, StoredWorkflow)}. */
    public boolean ask(String workflowId, String parentId, StartChild child, @Nullable StoredWorkflow workflow) {
        QueueAsked question = workflow == null ? questionOf(child.getStart()) : null;
        if (question == null) {
            return false;
        }
        question.setStartChild(child);
        question.setParentWorkflowId(parentId);
        send(workflowId, question);
        return true;
    }

    /**
     * Whether a command that has come back is to be asked about once more: its queue is known now, and its deduplication id is still to be
     * held elsewhere. It is so again where the workflow has run and ended since it was asked, for then the id was freed.
     */
    public boolean askFurther(QueueAsked answered, @Nullable StoredWorkflow workflow) {
        boolean hasRunSince = workflow != null && workflow.getState().getRun() != answered.getRun();
        boolean mayHaveTo = answered.getCommand() != null
                && (answered.getDeduplicationId() == null || hasRunSince)
                && isSound(answered.getWorkflowId(), answered.getCommand());
        QueueAsked question = mayHaveTo ? questionOf(answered.getCommand(), workflow) : null;
        if (question == null || question.getDeduplicationId() == null) {
            return false;
        }
        question.setCommand(answered.getCommand());
        send(answered.getWorkflowId(), question);
        return true;
    }

    /**
     * What was asked for is decided: a deduplication id that was held for it, and that it does not have, is free again.
     *
     * @param workflow as it is now; null where there is none
     */
    public void onDecided(QueueAsked asked, @Nullable StoredWorkflow workflow) {
        String deduplicationId = asked.getDeduplicationId();
        if (deduplicationId == null) {
            return;
        }
        boolean held = workflow != null
                && Statuses.isOpen(workflow.getState().getStatus())
                && deduplicationId.equals(workflow.getState().getDeduplicationId())
                && asked.getQueue().equals(workflow.getDeduplicationQueue());
        if (!held) {
            String commandId =
                    asked.getCommand() == null ? null : asked.getCommand().getCommandId();
            free(asked.getWorkflowId(), asked.getQueue(), deduplicationId, commandId);
        }
    }

    /** A workflow has ended: its deduplication id, if it has one, is free. */
    public void onClosed(StoredWorkflow workflow) {
        String deduplicationId = workflow.getState().getDeduplicationId();
        if (deduplicationId != null && workflow.getDeduplicationQueue() != null) {
            free(workflow.getState().getWorkflowId(), workflow.getDeduplicationQueue(), deduplicationId, null);
        }
    }

    private void free(String workflowId, String queue, String deduplicationId, @Nullable String commandId) {
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(workflowId);
        transfer.setDeduplicationIdFreed(new DeduplicationIdFreed(deduplicationId, commandId));
        post.send(new Message.ToWorkflow(queue, transfer));
    }

    private @Nullable QueueAsked questionOf(Command command, @Nullable StoredWorkflow workflow) {
        if (command.getStart() != null) {
            return workflow == null ? questionOf(command.getStart()) : null;
        }
        if (workflow == null) {
            return null;
        }
        String own = workflow.getState().getQueue();
        if (command.getSetPriority() != null) {
            return unlessKnown(own, command.getSetPriority().getPriority(), null);
        }
        if (command.getMoveToQueue() != null) {
            MoveToQueue move = command.getMoveToQueue();
            return unlessKnown(move.getQueue(), move.getPriority(), move.getPartitionKey());
        }
        QueueAsked question = null;
        if (command.getFork() != null) {
            question = command.getFork().getQueue() == null
                    ? null
                    : unlessKnown(command.getFork().getQueue(), null, null);
        } else if (command.getResume() != null && command.getResume().getQueue() != null) {
            question = unlessKnown(command.getResume().getQueue(), null, null);
        }
        boolean reopens = command.getResume() != null || command.getRewind() != null;
        return question == null && reopens ? questionOfReopening(workflow) : question;
    }

    /** One that runs again needs its deduplication id again. */
    private static @Nullable QueueAsked questionOfReopening(StoredWorkflow workflow) {
        String deduplicationId = workflow.getState().getDeduplicationId();
        boolean needed = deduplicationId != null
                && workflow.getDeduplicationQueue() != null
                && !Statuses.isOpen(workflow.getState().getStatus());
        if (!needed) {
            return null;
        }
        QueueAsked question = new QueueAsked();
        question.setQueue(workflow.getDeduplicationQueue());
        question.setDeduplicationId(deduplicationId);
        question.setRun(workflow.getState().getRun());
        return question;
    }

    private @Nullable QueueAsked questionOf(Start start) {
        if (start.getDeduplicationId() == null) {
            return unlessKnown(start.getQueue(), start.getPriority(), start.getPartitionKey());
        }
        QueueAsked question = question(start.getQueue(), start.getPriority(), start.getPartitionKey());
        question.setDeduplicationId(start.getDeduplicationId());
        return question;
    }

    private @Nullable QueueAsked unlessKnown(String queue, @Nullable Integer priority, @Nullable String partitionKey) {
        return QueueRules.objectionTo(queue, queues.find(queue), priority, partitionKey) == null
                ? null
                : question(queue, priority, partitionKey);
    }

    private static QueueAsked question(String queue, @Nullable Integer priority, @Nullable String partitionKey) {
        QueueAsked question = new QueueAsked();
        question.setQueue(queue);
        question.setPriority(priority);
        question.setPartitionKey(partitionKey);
        return question;
    }

    private void send(String workflowId, QueueAsked question) {
        question.setWorkflowId(workflowId);
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(workflowId);
        transfer.setQueueAsked(question);
        post.send(new Message.ToWorkflow(question.getQueue(), transfer));
    }
}
