package io.millrace.worker.internal.execution;

import io.millrace.schemas.CancelSurfaced;
import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.MessageSent;
import io.millrace.schemas.Parked;
import io.millrace.schemas.ReceiveSeen;
import io.millrace.schemas.ReceiveStarted;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.Released;
import io.millrace.schemas.SleepStarted;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepHeartbeat;
import io.millrace.schemas.ValueSet;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowCancelled;
import io.millrace.schemas.WorkflowCompleted;
import io.millrace.schemas.WorkflowFailed;

/** Wraps facts for the wire. By setters, because Avro's builders decode the default of each field that is not set, every time. */
final class Facts {
    private Facts() {}

    static WorkerFact of(EagerlyStarted body) {
        WorkerFact fact = new WorkerFact();
        fact.setEagerlyStarted(body);
        return fact;
    }

    static WorkerFact of(StepCompleted body) {
        WorkerFact fact = new WorkerFact();
        fact.setStepCompleted(body);
        return fact;
    }

    static WorkerFact of(StepAttemptFailed body) {
        WorkerFact fact = new WorkerFact();
        fact.setStepAttemptFailed(body);
        return fact;
    }

    static WorkerFact of(SleepStarted body) {
        WorkerFact fact = new WorkerFact();
        fact.setSleepStarted(body);
        return fact;
    }

    static WorkerFact of(RecordedValue body) {
        WorkerFact fact = new WorkerFact();
        fact.setValueRecorded(body);
        return fact;
    }

    static WorkerFact of(Parked body) {
        WorkerFact fact = new WorkerFact();
        fact.setParked(body);
        return fact;
    }

    static WorkerFact of(WorkflowCompleted body) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowCompleted(body);
        return fact;
    }

    static WorkerFact of(WorkflowFailed body) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowFailed(body);
        return fact;
    }

    static WorkerFact of(Released body) {
        WorkerFact fact = new WorkerFact();
        fact.setReleased(body);
        return fact;
    }

    static WorkerFact of(StepCancelled body) {
        WorkerFact fact = new WorkerFact();
        fact.setStepCancelled(body);
        return fact;
    }

    static WorkerFact of(CancelSurfaced body) {
        WorkerFact fact = new WorkerFact();
        fact.setCancelSurfaced(body);
        return fact;
    }

    static WorkerFact of(StepHeartbeat body) {
        WorkerFact fact = new WorkerFact();
        fact.setStepHeartbeat(body);
        return fact;
    }

    static WorkerFact of(WorkflowCancelled body) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowCancelled(body);
        return fact;
    }

    static WorkerFact of(ReceiveStarted body) {
        WorkerFact fact = new WorkerFact();
        fact.setReceiveStarted(body);
        return fact;
    }

    static WorkerFact of(ReceiveSeen body) {
        WorkerFact fact = new WorkerFact();
        fact.setReceiveSeen(body);
        return fact;
    }

    static WorkerFact of(MessageSent body) {
        WorkerFact fact = new WorkerFact();
        fact.setMessageSent(body);
        return fact;
    }

    static WorkerFact of(ValueSet body) {
        WorkerFact fact = new WorkerFact();
        fact.setValueSet(body);
        return fact;
    }

    static WorkerFact of(ChildStarted body) {
        WorkerFact fact = new WorkerFact();
        fact.setChildStarted(body);
        return fact;
    }
}
