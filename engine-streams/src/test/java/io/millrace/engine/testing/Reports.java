package io.millrace.engine.testing;

import io.millrace.schemas.CancelSurfaced;
import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.Failure;
import io.millrace.schemas.MessageSent;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.ReceiveSeen;
import io.millrace.schemas.ReceiveStarted;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepHeartbeat;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.ValueSet;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowCancelled;
import io.millrace.schemas.WorkflowFailed;
import org.jspecify.annotations.Nullable;

/** What workers report of cancels, messages, children and values, with everything that does not matter filled in. */
public final class Reports {
    static {
        Samples.ready();
    }

    private Reports() {}

    /** The code was told of the cancel when it called a step, which did not begin. */
    public static WorkerFact[] toldAt(int seq) {
        return new WorkerFact[] {surfaced(seq, 0), stepCancelled(seq)};
    }

    /** The code was told of the cancel. */
    public static WorkerFact surfaced(int afterStep, int point) {
        WorkerFact fact = new WorkerFact();
        fact.setCancelSurfaced(new CancelSurfaced(afterStep, point));
        return fact;
    }

    /** A step did not end because of the cancel. */
    public static WorkerFact stepCancelled(int seq) {
        return stepCancelled(seq, StepKind.STEP);
    }

    /** A step of some kind did not end because of the cancel. */
    public static WorkerFact stepCancelled(int seq, StepKind kind) {
        WorkerFact fact = new WorkerFact();
        fact.setStepCancelled(new StepCancelled(seq, "step-" + seq, kind, null, 0, null, 2L));
        return fact;
    }

    /** The code ended after it was told. */
    public static WorkerFact cancelled(int steps) {
        return cancelled(steps, null);
    }

    /** The code ended after it was told, and its clean-up failed. */
    public static WorkerFact cancelled(int steps, @Nullable Failure failure) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowCancelled(new WorkflowCancelled(failure, steps));
        return fact;
    }

    /** The workflow threw what a step had thrown. */
    public static WorkerFact failedBy(int step, int afterStep, int steps) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowFailed(new WorkflowFailed(Samples.failure("broken"), steps, step, afterStep));
        return fact;
    }

    /** A running step is alive. */
    public static WorkerFact heartbeat(int seq, int attempt, String details) {
        WorkerFact fact = new WorkerFact();
        fact.setStepHeartbeat(new StepHeartbeat(seq, "step-" + seq, attempt, Samples.json("\"" + details + "\""), 1L));
        return fact;
    }

    /** A wait for a message without a limit. */
    public static WorkerFact receiveStarted(int seq, String topic) {
        return receiveStarted(seq, topic, null);
    }

    /** A wait for a message. */
    public static WorkerFact receiveStarted(int seq, String topic, @Nullable Long dueAtMs) {
        WorkerFact fact = new WorkerFact();
        fact.setReceiveStarted(new ReceiveStarted(seq, topic, 1L, dueAtMs));
        return fact;
    }

    /** The code went past a wait for a message. */
    public static WorkerFact receiveSeen(int seq, long messageNumber) {
        WorkerFact fact = new WorkerFact();
        fact.setReceiveSeen(new ReceiveSeen(seq, messageNumber));
        return fact;
    }

    /** A message to another workflow; its payload is what it says, as JSON. */
    public static WorkerFact messageSent(int seq, String workflowId, String topic, String says) {
        WorkerFact fact = new WorkerFact();
        fact.setMessageSent(new MessageSent(seq, workflowId, topic, Samples.json("\"" + says + "\""), 1L));
        return fact;
    }

    /** A value for those outside. */
    public static WorkerFact valueSet(int seq, String key, String value) {
        WorkerFact fact = new WorkerFact();
        fact.setValueSet(new ValueSet(seq, key, Samples.json("\"" + value + "\""), 1L));
        return fact;
    }

    /** A child that is cancelled when its parent closes. */
    public static WorkerFact childStarted(int seq, String childId) {
        return childStarted(seq, childId, ParentClosePolicy.CANCEL);
    }

    /** A child. */
    public static WorkerFact childStarted(int seq, String childId, ParentClosePolicy policy) {
        WorkerFact fact = new WorkerFact();
        fact.setChildStarted(new ChildStarted(seq, childId, Samples.demo(), policy, 1L));
        return fact;
    }
}
