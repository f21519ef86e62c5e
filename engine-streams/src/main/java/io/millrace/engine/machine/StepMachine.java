package io.millrace.engine.machine;

import io.millrace.schemas.Limits;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.store.WaitingStep;
import org.jspecify.annotations.Nullable;

/** Decides on what an owner reports of its execution, fact by fact. */
final class StepMachine {
    /** Most steps that wait at once: all of them are in the workflow's own row, which must fit a record. */
    static final int MAX_WAITING_STEPS = Limits.MAX_WAITING_STEPS;

    private StepMachine() {}

    /** Why a fact cannot be taken even from the owner, or null. */
    static @Nullable String objectionTo(WorkerFact fact, StepProgress progress) {
        String objection = FactRules.objectionTo(fact);
        if (objection != null) {
            return objection;
        }
        if (fact.getStepCompleted() != null) {
            return objectionToEnd(fact.getStepCompleted().getSeq(), progress);
        }
        if (fact.getStepCancelled() != null) {
            return objectionToCancelled(fact.getStepCancelled().getSeq(), progress);
        }
        if (fact.getValueSet() != null) {
            return objectionToKind(fact.getValueSet().getSeq(), StepKind.SET_VALUE, progress);
        }
        if (fact.getStepAttemptFailed() != null) {
            return objectionToWaiting(fact.getStepAttemptFailed().getSeq(), StepKind.STEP, progress);
        }
        if (fact.getSleepStarted() != null) {
            return objectionToWaiting(fact.getSleepStarted().getSeq(), StepKind.SLEEP, progress);
        }
        if (fact.getParked() != null) {
            int seq = fact.getParked().getSeq();
            // One that has ended waited: the end and the worker's letting go have crossed each other.
            return progress.waiting(seq) != null || progress.hasEnded(seq)
                    ? null
                    : "it parks at step " + seq + ", which does not wait";
        }
        if (fact.getReceiveStarted() != null) {
            return objectionToWaiting(fact.getReceiveStarted().getSeq(), StepKind.RECEIVE, progress);
        }
        if (fact.getMessageSent() != null) {
            return objectionToWaiting(fact.getMessageSent().getSeq(), StepKind.SEND, progress);
        }
        if (fact.getChildStarted() != null) {
            return objectionToWaiting(fact.getChildStarted().getSeq(), StepKind.CHILD, progress);
        }
        if (fact.getWorkflowCompleted() != null || fact.getWorkflowCancelled() != null) {
            int steps = fact.getWorkflowCompleted() != null
                    ? fact.getWorkflowCompleted().getStepCount()
                    : fact.getWorkflowCancelled().getStepCount();
            return progress.isExactly(steps)
                    ? null
                    : "it completes with " + steps + " steps; " + progress.count() + " are on record";
        }
        return null;
    }

    /** Takes a fact into the progress; false where it is on record already. */
    static boolean take(WorkerFact fact, StepProgress progress) {
        if (fact.getStepCompleted() != null) {
            return progress.end(fact.getStepCompleted().getSeq());
        }
        if (fact.getStepAttemptFailed() != null) {
            var failed = fact.getStepAttemptFailed();
            return progress.beginRetry(failed.getSeq(), failed.getName(), failed.getAttempt());
        }
        if (fact.getSleepStarted() != null) {
            return progress.beginSleep(
                    fact.getSleepStarted().getSeq(), fact.getSleepStarted().getName());
        }
        if (fact.getStepCancelled() != null) {
            return progress.end(fact.getStepCancelled().getSeq());
        }
        if (fact.getValueSet() != null) {
            return progress.end(fact.getValueSet().getSeq());
        }
        if (fact.getStepHeartbeat() != null) {
            int seq = fact.getStepHeartbeat().getSeq();
            return !progress.hasEnded(seq) && objectionToKind(seq, StepKind.STEP, progress) == null;
        }
        return takeWaiting(fact, progress);
    }

    private static boolean takeWaiting(WorkerFact fact, StepProgress progress) {
        if (fact.getReceiveStarted() != null) {
            var receive = fact.getReceiveStarted();
            return progress.beginReceive(receive.getSeq(), receive.getTopic(), receive.getDueAtMs());
        }
        if (fact.getMessageSent() != null) {
            return progress.beginSend(
                    fact.getMessageSent().getSeq(), fact.getMessageSent().getTopic());
        }
        if (fact.getChildStarted() != null) {
            return progress.beginChild(fact.getChildStarted());
        }
        return fact.getValueRecorded() == null || progress.recordValue(fact.getValueRecorded());
    }

    /** Whether the worker has nothing more to do with the workflow after this fact. */
    static boolean endsExecution(WorkerFact fact) {
        return fact.getParked() != null
                || fact.getWorkflowCompleted() != null
                || fact.getWorkflowFailed() != null
                || fact.getWorkflowCancelled() != null
                || fact.getReleased() != null;
    }

    /** What waits for somebody else ends when that one says so, and not when the worker does. */
    private static @Nullable String objectionToEnd(int seq, StepProgress progress) {
        WaitingStep waiting = progress.waiting(seq);
        boolean ownAffair =
                waiting == null || waiting.getKind() == StepKind.STEP || waiting.getKind() == StepKind.SLEEP;
        return ownAffair ? null : "it ends step " + seq + ", a " + waiting.getKind() + ", which ends by itself";
    }

    /** The code need not wait any more for what was to come; but a child goes on, and its parent has not stopped before it has. */
    private static @Nullable String objectionToCancelled(int seq, StepProgress progress) {
        WaitingStep waiting = progress.waiting(seq);
        return waiting == null || waiting.getKind() != StepKind.CHILD
                ? null
                : "it ends step " + seq + ", a CHILD, which ends by itself";
    }

    private static @Nullable String objectionToWaiting(int seq, StepKind kind, StepProgress progress) {
        boolean full = progress.waiting(seq) == null && progress.waitingCount() >= MAX_WAITING_STEPS;
        return full
                ? MAX_WAITING_STEPS + " of its steps wait already, and that is the limit"
                : objectionToKind(seq, kind, progress);
    }

    private static @Nullable String objectionToKind(int seq, StepKind kind, StepProgress progress) {
        WaitingStep before = progress.waiting(seq);
        return before == null || before.getKind() == kind
                ? null
                : "it reports step " + seq + " as a " + kind + "; on record is a " + before.getKind();
    }
}
