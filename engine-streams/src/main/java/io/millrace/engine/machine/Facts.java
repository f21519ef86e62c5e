package io.millrace.engine.machine;

import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.CancelCompleted;
import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.CommandNoted;
import io.millrace.schemas.DelayElapsed;
import io.millrace.schemas.Expedited;
import io.millrace.schemas.ForkAnswered;
import io.millrace.schemas.ForkAsked;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.MessageAnswered;
import io.millrace.schemas.MessageDelivered;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.MovedToQueue;
import io.millrace.schemas.Paused;
import io.millrace.schemas.PrioritySet;
import io.millrace.schemas.Purged;
import io.millrace.schemas.RecoveryExhausted;
import io.millrace.schemas.Released;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.StepsCopied;
import io.millrace.schemas.Terminated;
import io.millrace.schemas.Unpaused;
import io.millrace.schemas.WaitElapsed;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowCancelled;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowTimedOut;

/** Wraps the body of a fact into the record that the history carries, with exactly its field set. */
final class Facts {
    private Facts() {}

    static HistoryFact of(Purged body) {
        HistoryFact fact = new HistoryFact();
        fact.setPurged(body);
        return fact;
    }

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

    static HistoryFact of(WorkflowCancelled body) {
        HistoryFact fact = new HistoryFact();
        fact.setWorkflowCancelled(body);
        return fact;
    }

    static HistoryFact of(CancelAsked body) {
        HistoryFact fact = new HistoryFact();
        fact.setCancelAsked(body);
        return fact;
    }

    static HistoryFact of(CancelCompleted body) {
        HistoryFact fact = new HistoryFact();
        fact.setCancelCompleted(body);
        return fact;
    }

    static HistoryFact of(Terminated body) {
        HistoryFact fact = new HistoryFact();
        fact.setTerminated(body);
        return fact;
    }

    static HistoryFact of(Paused body) {
        HistoryFact fact = new HistoryFact();
        fact.setPaused(body);
        return fact;
    }

    static HistoryFact of(Unpaused body) {
        HistoryFact fact = new HistoryFact();
        fact.setUnpaused(body);
        return fact;
    }

    static HistoryFact of(Expedited body) {
        HistoryFact fact = new HistoryFact();
        fact.setExpedited(body);
        return fact;
    }

    static HistoryFact of(PrioritySet body) {
        HistoryFact fact = new HistoryFact();
        fact.setPrioritySet(body);
        return fact;
    }

    static HistoryFact of(MovedToQueue body) {
        HistoryFact fact = new HistoryFact();
        fact.setMovedToQueue(body);
        return fact;
    }

    static HistoryFact of(Reopened body) {
        HistoryFact fact = new HistoryFact();
        fact.setReopened(body);
        return fact;
    }

    static HistoryFact of(ForkAsked body) {
        HistoryFact fact = new HistoryFact();
        fact.setForkAsked(body);
        return fact;
    }

    static HistoryFact of(ForkAnswered body) {
        HistoryFact fact = new HistoryFact();
        fact.setForkAnswered(body);
        return fact;
    }

    static HistoryFact of(StepsCopied body) {
        HistoryFact fact = new HistoryFact();
        fact.setStepsCopied(body);
        return fact;
    }

    static HistoryFact of(MessageReceived body) {
        HistoryFact fact = new HistoryFact();
        fact.setMessageReceived(body);
        return fact;
    }

    static HistoryFact of(MessageDelivered body) {
        HistoryFact fact = new HistoryFact();
        fact.setMessageDelivered(body);
        return fact;
    }

    static HistoryFact of(MessageAnswered body) {
        HistoryFact fact = new HistoryFact();
        fact.setMessageAnswered(body);
        return fact;
    }

    static HistoryFact of(ChildEnded body) {
        HistoryFact fact = new HistoryFact();
        fact.setChildEnded(body);
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
        fact.setStepHeartbeat(reported.getStepHeartbeat());
        fact.setStepCancelled(reported.getStepCancelled());
        fact.setCancelSurfaced(reported.getCancelSurfaced());
        fact.setReceiveStarted(reported.getReceiveStarted());
        fact.setReceiveSeen(reported.getReceiveSeen());
        fact.setMessageSent(reported.getMessageSent());
        fact.setValueSet(reported.getValueSet());
        fact.setChildStarted(reported.getChildStarted());
        fact.setWorkflowCancelled(reported.getWorkflowCancelled());
        return fact;
    }
}
