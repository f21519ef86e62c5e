package io.millrace.engine.machine;

import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.MessageDelivered;
import io.millrace.schemas.Parked;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.time.Instant;

/** How facts change what a workflow waits for: time, messages, other workflows. For {@link FactApplier} alone. */
final class Waiting {
    private Waiting() {}

    static void apply(FactApplier.Parts parts, HistoryFact fact) {
        StepProgress progress = parts.progress();
        Mailbox mailbox = parts.mailbox();
        switch (FactKind.of(fact)) {
            case STEP_ATTEMPT_FAILED -> {
                var failed = fact.getStepAttemptFailed();
                progress.beginRetry(failed.getSeq(), failed.getName(), failed.getAttempt());
            }
            case SLEEP_STARTED ->
                progress.beginSleep(
                        fact.getSleepStarted().getSeq(), fact.getSleepStarted().getName());
            case RECEIVE_STARTED -> {
                var receive = fact.getReceiveStarted();
                progress.beginReceive(receive.getSeq(), receive.getTopic(), receive.getDueAtMs());
            }
            case RECEIVE_SEEN -> mailbox.confirm(fact.getReceiveSeen().getSeq());
            case MESSAGE_SENT ->
                progress.beginSend(
                        fact.getMessageSent().getSeq(), fact.getMessageSent().getTopic());
            case CHILD_STARTED -> progress.beginChild(fact.getChildStarted());
            case PARKED -> parked(parts, fact.getParked());
            case WAIT_ELAPSED -> waitElapsed(parts, fact.getWaitElapsed().getSeq());
            case MESSAGE_RECEIVED -> {
                var message = fact.getMessageReceived();
                // The entry that this fact becomes part of is the next one.
                long entryNumber = parts.workflow().getHistoryNumber() + 1;
                mailbox.receive(message.getNumber(), message.getTopic(), entryNumber);
            }
            case MESSAGE_DELIVERED -> delivered(parts, fact.getMessageDelivered());
            case MESSAGE_ANSWERED -> ended(parts, fact.getMessageAnswered().getSeq());
            case CHILD_ENDED -> childEnded(parts, fact.getChildEnded());
            default -> throw new IllegalArgumentException(FactKind.of(fact) + " is about no wait");
        }
    }

    private static void parked(FactApplier.Parts parts, Parked parked) {
        StoredWorkflow workflow = parts.workflow();
        Life.letGo(workflow);
        WaitingStep step = parts.progress().waiting(parked.getSeq());
        if (step == null || parked.getEndsSeen() < workflow.getEndsTold() || cancelIsNews(workflow)) {
            // What it waits for, or something else that it waits for too, came while it let go; or it does not know yet
            // that it is to stop. It goes on at once.
            return;
        }
        workflow.setParkedUntilMs(parked.getUntilMs());
        workflow.setParkedStep(parked.getSeq());
        workflow.getState().setWaitingFor(inWords(step, parked.getUntilMs()));
    }

    private static boolean cancelIsNews(StoredWorkflow workflow) {
        var cancel = workflow.getCancel();
        return workflow.getState().getStatus() == WorkflowStatus.CANCELLING
                && cancel != null
                && cancel.getNotice().getSurfacedAfterStep() == null;
    }

    private static String inWords(WaitingStep step, long untilMs) {
        String where = " step " + step.getSeq() + " \"" + step.getName() + "\"";
        String until = untilMs == Long.MAX_VALUE ? "" : " until " + Instant.ofEpochMilli(untilMs);
        return switch (step.getKind()) {
            case STEP -> "attempt " + (step.getAttempts() + 1) + " of" + where + " at " + Instant.ofEpochMilli(untilMs);
            case RECEIVE -> "a message on topic \"" + step.getTopic() + "\" in step " + step.getSeq() + until;
            case CHILD -> "the end of child workflow " + step.getChildWorkflowId() + " in" + where;
            case SEND -> "the receipt of the message in" + where;
            case SLEEP, SET_VALUE, UNKNOWN ->
                "the end of the sleep in step " + step.getSeq() + " at " + Instant.ofEpochMilli(untilMs);
        };
    }

    private static void waitElapsed(FactApplier.Parts parts, int seq) {
        unpark(parts.workflow());
        WaitingStep step = parts.progress().waiting(seq);
        if (step == null) {
            return;
        }
        if (step.getKind() == StepKind.SLEEP) {
            parts.progress().end(seq);
        } else if (step.getKind() == StepKind.RECEIVE) {
            ended(parts, seq);
            parts.mailbox().deliver(seq, 0);
        }
    }

    private static void delivered(FactApplier.Parts parts, MessageDelivered delivered) {
        parts.mailbox().deliver(delivered.getSeq(), delivered.getNumber());
        ended(parts, delivered.getSeq());
    }

    private static void childEnded(FactApplier.Parts parts, ChildEnded child) {
        ended(parts, child.getSeq());
    }

    private static void ended(FactApplier.Parts parts, int seq) {
        parts.progress().end(seq);
        if (Statuses.ownerOf(parts.workflow()) != null) {
            parts.workflow().setEndsTold(parts.workflow().getEndsTold() + 1);
        }
        unpark(parts.workflow());
    }

    /** What it was parked for, or something else that it waits for too, has come. */
    static void unpark(StoredWorkflow workflow) {
        if (workflow.getParkedUntilMs() != null) {
            workflow.setParkedUntilMs(null);
            workflow.setParkedStep(0);
            workflow.getState().setWaitingFor(null);
        }
    }
}
