package io.millrace.engine.machine;

import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkerFact;
import org.jspecify.annotations.Nullable;

/** Decides on what an owner reports of its execution, fact by fact. */
final class StepMachine {
    private StepMachine() {}

    /** Why a fact cannot be taken even from the owner, or null. */
    static @Nullable String objectionTo(WorkerFact fact, StepProgress progress) {
        if (fact.getStepCompleted() != null) {
            var step = fact.getStepCompleted();
            String objection = objectionToSeq(step.getSeq());
            return objection != null
                    ? objection
                    : objectionToPayload("output of step " + step.getSeq(), step.getOutput());
        }
        if (fact.getStepAttemptFailed() != null) {
            return objectionToSeq(fact.getStepAttemptFailed().getSeq());
        }
        if (fact.getSleepStarted() != null) {
            return objectionToSeq(fact.getSleepStarted().getSeq());
        }
        if (fact.getParked() != null) {
            int seq = fact.getParked().getSeq();
            return progress.waiting(seq) != null ? null : "it parks at step " + seq + ", which does not wait";
        }
        if (fact.getWorkflowCompleted() != null) {
            int steps = fact.getWorkflowCompleted().getStepCount();
            return progress.isExactly(steps)
                    ? objectionToPayload("output", fact.getWorkflowCompleted().getOutput())
                    : "it completes with " + steps + " steps; " + progress.count() + " are on record";
        }
        boolean known =
                fact.getValueRecorded() != null || fact.getWorkflowFailed() != null || fact.getReleased() != null;
        return known ? null : "it reports a fact that this engine does not know; is the engine older than the worker?";
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
        return fact.getValueRecorded() == null || progress.recordValue(fact.getValueRecorded());
    }

    /** Whether the worker has nothing more to do with the workflow after this fact. */
    static boolean endsExecution(WorkerFact fact) {
        return fact.getParked() != null
                || fact.getWorkflowCompleted() != null
                || fact.getWorkflowFailed() != null
                || fact.getReleased() != null;
    }

    private static @Nullable String objectionToSeq(int seq) {
        return seq >= 1 && seq <= Limits.MAX_STEPS
                ? null
                : "it reports step " + seq + "; steps are numbered from 1 to " + Limits.MAX_STEPS;
    }

    private static @Nullable String objectionToPayload(String what, @Nullable Payload payload) {
        int bytes = payload == null ? 0 : payload.getData().remaining();
        return bytes <= Limits.MAX_PAYLOAD_BYTES
                ? null
                : "the " + what + " has " + bytes + " bytes; the limit is " + Limits.MAX_PAYLOAD_BYTES;
    }
}
