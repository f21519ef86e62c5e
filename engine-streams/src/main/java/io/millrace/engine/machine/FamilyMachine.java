package io.millrace.engine.machine;

import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.CancelCompleted;
import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.ChildNews;
import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.Failure;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.QueueAsked;
import io.millrace.schemas.StartChild;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StopChild;
import io.millrace.schemas.Terminated;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides on what parents and children tell each other. */
final class FamilyMachine {
    private FamilyMachine() {}

    /** The parent has started a child: tells that workflow, or says why it could not be started. */
    static Decision onChildStarted(StoredWorkflow parent, ChildStarted child) {
        WorkflowState state = parent.getState();
        String objection = parent.getCancel() != null
                ? "its parent was cancelled"
                : CommandRules.objectionToChild(child.getChildWorkflowId(), child.getStart());
        if (objection != null) {
            return Decision.of(Facts.of(notStarted(child.getSeq(), child.getChildWorkflowId(), objection)));
        }
        Transfer transfer = from(state);
        transfer.setStartChild(new StartChild(child.getSeq(), child.getStart(), state.getDeadlineMs()));
        return Decision.tell(new Message.ToWorkflow(child.getChildWorkflowId(), transfer));
    }

    private static ChildEnded notStarted(int seq, String childWorkflowId, String reason) {
        Failure failure = new Failure("io.millrace.ChildNotStarted", reason, null);
        return new ChildEnded(seq, childWorkflowId, WorkflowStatus.UNKNOWN, null, failure);
    }

    /** The queue of a child that a parent wants to exist has said whether that may be. */
    static Decision onQueueAnswered(
            String workflowId, @Nullable StoredWorkflow workflow, QueueAnswered answered, long queueOrder) {
        QueueAsked asked = answered.getAsked();
        String parentId = Objects.requireNonNull(asked.getParentWorkflowId(), "a child has a parent");
        String objection = QueueMachine.objectionIn(answered);
        if (workflow != null || objection == null) {
            return onStartChild(workflowId, workflow, parentId, asked.getStartChild(), queueOrder);
        }
        ChildEnded notStarted = notStarted(asked.getStartChild().getParentStep(), workflowId, objection);
        return Decision.tell(news(workflowId, parentId, notStarted));
    }

    /** A parent wants this workflow to exist. */
    static Decision onStartChild(
            String workflowId, @Nullable StoredWorkflow workflow, String parentId, StartChild child, long queueOrder) {
        if (workflow != null) {
            return startedAgain(workflow, parentId, child.getParentStep());
        }
        WorkflowStarted fact = new WorkflowStarted();
        fact.setCommandId("child/" + workflowId);
        fact.setIssuer("workflow " + parentId);
        fact.setStart(StartTraces.bounded(child.getStart()));
        fact.setQueueOrder(queueOrder);
        fact.setParentWorkflowId(parentId);
        fact.setParentStep(child.getParentStep());
        fact.setDeadlineMs(child.getDeadlineMs());
        return Decision.of(Facts.of(fact));
    }

    /** The id is an idempotency key for children too: a parent that runs its step again, by an id of its own choice, has the first run of it. */
    private static Decision startedAgain(StoredWorkflow workflow, String parentId, int parentStep) {
        WorkflowState state = workflow.getState();
        if (!isChildOf(workflow, parentId, parentStep)) {
            String taken = "the workflow id " + state.getWorkflowId() + " is taken";
            ChildEnded notStarted = notStarted(parentStep, state.getWorkflowId(), taken);
            return Decision.tell(news(state.getWorkflowId(), parentId, notStarted));
        }
        return Statuses.isOpen(state.getStatus())
                ? Decision.NOTHING
                : Decision.tell(news(state.getWorkflowId(), parentId, endOf(workflow)));
    }

    /** The parent has stopped, or is to. What is asked of a closed child was so anyway. */
    static Decision onStopChild(@Nullable StoredWorkflow workflow, Transfer transfer) {
        String parentId = transfer.getFromWorkflowId();
        if (workflow == null || !parentId.equals(workflow.getState().getParentWorkflowId())) {
            return Decision.NOTHING;
        }
        StopChild stop = transfer.getStopChild();
        String issuer = "workflow " + parentId;
        WorkflowStatus status = workflow.getState().getStatus();
        if (stop.getHow() == ParentClosePolicy.TERMINATE) {
            return Statuses.isOpen(status)
                    ? ControlMachine.terminate(workflow, new Terminated(null, issuer, stop.getReason(), true))
                    : Decision.NOTHING;
        }
        return Statuses.isOpen(status) && status != WorkflowStatus.CANCELLING
                ? ControlMachine.cancel(workflow, new CancelAsked(null, issuer, stop.getReason(), true))
                : Decision.NOTHING;
    }

    /** A child has ended. Also a parent that is closed has it on record: who resumes it wants to know. */
    static Decision onChildNews(@Nullable StoredWorkflow parent, Transfer transfer) {
        ChildEnded ended = transfer.getChildNews().getEnded();
        if (parent == null) {
            return Decision.NOTHING;
        }
        StepProgress progress = new StepProgress(parent);
        WaitingStep step = progress.waiting(ended.getSeq());
        boolean expected = step != null
                && step.getKind() == StepKind.CHILD
                && ended.getChildWorkflowId().equals(step.getChildWorkflowId());
        if (!expected) {
            return Decision.NOTHING;
        }
        List<HistoryFact> facts = new ArrayList<>(List.of(Facts.of(ended)));
        progress.end(ended.getSeq());
        if (Statuses.waitsForChildrenToStop(parent) && !progress.hasChildrenToStop()) {
            facts.add(Facts.of(new CancelCompleted()));
        }
        return new Decision(facts, List.of());
    }

    /** What follows from a workflow's being closed, however it came to that: its parent is told, and its children. */
    static List<Message> onClosed(StoredWorkflow workflow) {
        List<Message> messages = new ArrayList<>();
        WorkflowState state = workflow.getState();
        if (state.getParentWorkflowId() != null) {
            messages.add(news(state.getWorkflowId(), state.getParentWorkflowId(), endOf(workflow)));
        }
        boolean terminated = state.getStatus() == WorkflowStatus.TERMINATED;
        messages.addAll(stopChildren(workflow, "its parent is " + state.getStatus(), terminated));
        return messages;
    }

    /** Tells open children to stop, each as its parent close policy says. */
    static List<Message> stopChildren(StoredWorkflow parent, @Nullable String reason, boolean terminateAll) {
        List<Message> messages = new ArrayList<>();
        for (WaitingStep step : parent.getWaitingSteps()) {
            ParentClosePolicy policy = step.getClosePolicy();
            if (step.getKind() != StepKind.CHILD || policy == ParentClosePolicy.ABANDON) {
                continue;
            }
            boolean terminate = terminateAll || policy == ParentClosePolicy.TERMINATE;
            Transfer transfer = from(parent.getState());
            transfer.setStopChild(
                    new StopChild(terminate ? ParentClosePolicy.TERMINATE : ParentClosePolicy.CANCEL, reason));
            messages.add(new Message.ToWorkflow(step.getChildWorkflowId(), transfer));
        }
        return messages;
    }

    private static ChildEnded endOf(StoredWorkflow child) {
        WorkflowState state = child.getState();
        return new ChildEnded(
                state.getParentStep(), state.getWorkflowId(), state.getStatus(), state.getOutput(), state.getFailure());
    }

    private static boolean isChildOf(StoredWorkflow workflow, String parentId, int parentStep) {
        WorkflowState state = workflow.getState();
        return parentId.equals(state.getParentWorkflowId())
                && state.getParentStep() != null
                && state.getParentStep() == parentStep;
    }

    private static Message news(String childId, String parentId, ChildEnded ended) {
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(childId);
        transfer.setChildNews(new ChildNews(ended));
        return new Message.ToWorkflow(parentId, transfer);
    }

    static Transfer from(WorkflowState state) {
        Transfer transfer = new Transfer();
        transfer.setFromWorkflowId(state.getWorkflowId());
        return transfer;
    }
}
