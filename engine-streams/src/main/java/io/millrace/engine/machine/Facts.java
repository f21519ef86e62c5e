package io.millrace.engine.machine;

import io.millrace.schemas.CommandNoted;
import io.millrace.schemas.DelayElapsed;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecoveryExhausted;
import io.millrace.schemas.Released;
import io.millrace.schemas.WaitElapsed;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowTimedOut;

/** Wraps the body of a fact into the record that the history carries, with exactly its field set. */
final class Facts {
    private Facts() {}

    static HistoryFact of(WorkflowStarted body) {
        HistoryFact fact = new HistoryFact();
        fact.setWorkflowStarted(body);
        return fact;
    }

    static HistoryFact of(CommandNoted body) {
        HistoryFact fact = new HistoryFact();
        fact.setCommandNoted(body);
        return fact;
    }

    static HistoryFact of(DelayElapsed body) {
        HistoryFact fact = new HistoryFact();
        fact.setDelayElapsed(body);
        return fact;
    }

    static HistoryFact of(Granted body) {
        HistoryFact fact = new HistoryFact();
        fact.setGranted(body);
        return fact;
    }

    static HistoryFact of(WaitElapsed body) {
        HistoryFact fact = new HistoryFact();
        fact.setWaitElapsed(body);
        return fact;
    }

    static HistoryFact of(WorkerLost body) {
        HistoryFact fact = new HistoryFact();
        fact.setWorkerLost(body);
        return fact;
    }

    static HistoryFact of(WorkflowTimedOut body) {
        HistoryFact fact = new HistoryFact();
        fact.setWorkflowTimedOut(body);
        return fact;
    }

    static HistoryFact of(RecoveryExhausted body) {
        HistoryFact fact = new HistoryFact();
        fact.setRecoveryExhausted(body);
        return fact;
    }

    static HistoryFact of(WorkflowFailed body) {
        HistoryFact fact = new HistoryFact();
        fact.setWorkflowFailed(body);
        return fact;
    }

    static HistoryFact of(Released body) {
        HistoryFact fact = new HistoryFact();
        fact.setReleased(body);
        return fact;
    }

    /** What a worker reported, as it stands in the history. An eager start has another form there: see ExecutionMachine. */
    static HistoryFact of(WorkerFact reported) {
        HistoryFact fact = new HistoryFact();
        fact.setStepCompleted(reported.getStepCompleted());
        fact.setStepAttemptFailed(reported.getStepAttemptFailed());
        fact.setSleepStarted(reported.getSleepStarted());
        fact.setValueRecorded(reported.getValueRecorded());
        fact.setParked(reported.getParked());
        fact.setWorkflowCompleted(reported.getWorkflowCompleted());
        fact.setWorkflowFailed(reported.getWorkflowFailed());
        fact.setReleased(reported.getReleased());
        return fact;
    }
}
