package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.List;
import java.util.Objects;

/** Decides on closed workflows that are to run again under their own id, with all of their steps that are still good, or with some. */
final class ReopenMachine {
    private ReopenMachine() {}

    static Decision reopen(CommandKind kind, StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        WorkflowState state = workflow.getState();
        Journal journal = Objects.requireNonNull(received.journal(), "what is reopened was read before");
        if (workflow.getCopying()) {
            return Replies.rejected(state.getWorkflowId(), workflow, received, ForkMachine.STILL_COPIED);
        }
        StartPoints points = new StartPoints(journal, workflow);
        StartPoints.Kept kept;
        if (kind == CommandKind.REWIND) {
            StartPoints.Found found = points.find(command.getRewind().getFrom());
            if (found.objection() != null) {
                return Replies.invalid(state.getWorkflowId(), workflow, received, found.objection());
            }
            kept = points.rewound(found.step());
        } else {
            kept = points.resumed();
        }
        List<Journal.Arrived> pending = journal.messagesWithout(kept::drops);
        String objection = Mailbox.objectionToList(pending);
        if (objection != null) {
            return Replies.rejected(state.getWorkflowId(), workflow, received, objection);
        }
        Reopened fact = reopened(journal, kept, pending);
        fact.setCommandId(command.getCommandId());
        fact.setIssuer(command.getIssuer());
        fact.setReason(command.getReason());
        fact.setRewind(kind == CommandKind.REWIND);
        fact.setQueueOrder(received.queueOrder());
        boolean otherQueue = kind == CommandKind.RESUME && command.getResume().getQueue() != null;
        fact.setQueue(otherQueue ? command.getResume().getQueue() : state.getQueue());
        return Replies.changed(workflow, received, WorkflowStatus.ENQUEUED, List.of(Facts.of(fact)), List.of());
    }

    private static Reopened reopened(Journal journal, StartPoints.Kept kept, List<Journal.Arrived> pending) {
        Reopened fact = new Reopened();
        fact.setFromStep(kept.fromStep());
        fact.setDroppedSteps(List.copyOf(kept.dropped()));
        fact.setValuesFromStep(kept.valuesFromStep());
        fact.setPendingMessages(Journal.listed(pending));
        long bytes = 0;
        for (RecordedStep step : journal.steps()) {
            bytes += kept.drops(step.getSeq()) ? 0 : RecordSizes.of(step);
        }
        for (RecordedValue value : journal.values()) {
            bytes += value.getAfterStep() >= kept.valuesFromStep() ? 0 : RecordSizes.of(value);
        }
        for (Journal.Arrived message : pending) {
            bytes += RecordSizes.of(message.message().getPayload());
        }
        fact.setHistoryBytes(bytes);
        return fact;
    }
}
