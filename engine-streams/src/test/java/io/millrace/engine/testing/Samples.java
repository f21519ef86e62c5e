package io.millrace.engine.testing;

import io.millrace.schemas.Command;
import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Parked;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.Released;
import io.millrace.schemas.SleepStarted;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.schemas.WorkflowCompleted;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.schemas.WorkflowStarted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records as clients and workers send them, with everything that does not matter filled in. */
public final class Samples {
    static {
        TrustedRecords.establish();
    }

    private Samples() {}

    /** Must have been called by a test that builds records before it uses any other sample or serde. */
    public static void ready() {
        // Done when this class was initialized.
    }

    /** JSON as a payload. */
    public static Payload json(String text) {
        return new Payload("json", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A payload of so many bytes. */
    public static Payload bytes(int size) {
        return new Payload("json", ByteBuffer.allocate(size));
    }

    /** A start of type "demo" on the default queue. */
    public static Start demo() {
        return Start.newBuilder()
                .setWorkflowType("demo")
                .setInput(json("{\"n\":1}"))
                .build();
    }

    /** A command that starts a workflow. */
    public static Command startCommand(String commandId, Start start) {
        return Command.newBuilder()
                .setCommandId(commandId)
                .setIssuer("tester")
                .setIssuedAtMs(0)
                .setReplyPartition(2)
                .setStart(start)
                .build();
    }

    /** The fact that a workflow was started. */
    public static WorkflowStarted workflowStarted(String commandId, Start start, long queueOrder) {
        WorkflowStarted fact = new WorkflowStarted();
        fact.setCommandId(commandId);
        fact.setIssuer("tester");
        fact.setStart(start);
        fact.setQueueOrder(queueOrder);
        return fact;
    }

    /** A report of facts. */
    public static WorkerEvent event(String workerId, long epoch, WorkerFact... facts) {
        return new WorkerEvent(workerId, epoch, List.of(facts), null, null);
    }

    /** A heartbeat of a worker on the default queue. */
    public static WorkerHeartbeat heartbeat(String... workflowTypes) {
        return WorkerHeartbeat.newBuilder()
                .setHost("host")
                .setStartedAtMs(0)
                .setLeaseMs(10_000)
                .setQueues(List.of("default"))
                .setWorkflowTypes(List.of(workflowTypes))
                .setSlots(10)
                .build();
    }

    /** The same, and it takes no more work. */
    public static WorkerHeartbeat lastHeartbeat(String... workflowTypes) {
        return WorkerHeartbeat.newBuilder(heartbeat(workflowTypes))
                .setStopping(true)
                .build();
    }

    /** The first fact of a workflow that runs without a grant. */
    public static WorkerFact eagerlyStarted(Start start) {
        WorkerFact fact = new WorkerFact();
        fact.setEagerlyStarted(new EagerlyStarted("eager-command", "tester", start));
        return fact;
    }

    /** A step that returned. */
    public static WorkerFact stepCompleted(int seq) {
        return stepCompleted(seq, json("" + seq));
    }

    /** A step that returned something. */
    public static WorkerFact stepCompleted(int seq, Payload output) {
        WorkerFact fact = new WorkerFact();
        fact.setStepCompleted(StepCompleted.newBuilder()
                .setSeq(seq)
                .setName("step-" + seq)
                .setOutput(output)
                .setStartedAtMs(1)
                .setCompletedAtMs(2)
                .build());
        return fact;
    }

    /** A step that failed for good. */
    public static WorkerFact stepFailed(int seq, Failure failure) {
        WorkerFact fact = new WorkerFact();
        fact.setStepCompleted(StepCompleted.newBuilder()
                .setSeq(seq)
                .setName("step-" + seq)
                .setFailure(failure)
                .setStartedAtMs(1)
                .setCompletedAtMs(2)
                .build());
        return fact;
    }

    /** An attempt that is followed by another one. */
    public static WorkerFact attemptFailed(int seq, int attempt, long retryAtMs) {
        WorkerFact fact = new WorkerFact();
        fact.setStepAttemptFailed(
                new StepAttemptFailed(seq, "step-" + seq, failure("no luck"), attempt, 1L, 2L, retryAtMs));
        return fact;
    }

    /** A sleep that begins. */
    public static WorkerFact sleepStarted(int seq, long dueAtMs) {
        WorkerFact fact = new WorkerFact();
        fact.setSleepStarted(new SleepStarted(seq, "sleep-" + seq, 1L, dueAtMs));
        return fact;
    }

    /** A workflow that is let go of until its time. */
    public static WorkerFact parked(int seq, long untilMs) {
        WorkerFact fact = new WorkerFact();
        fact.setParked(new Parked(seq, untilMs, 0));
        return fact;
    }

    /** A value that replay must see again. */
    public static WorkerFact valueRecorded(int afterStep, int ordinal) {
        WorkerFact fact = new WorkerFact();
        fact.setValueRecorded(new RecordedValue(afterStep, ordinal, "uuid", "value-" + afterStep + "-" + ordinal));
        return fact;
    }

    /** The workflow returned. */
    public static WorkerFact completed(int steps) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowCompleted(new WorkflowCompleted(json("\"done\""), steps));
        return fact;
    }

    /** The workflow threw. */
    public static WorkerFact failed(int steps) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowFailed(new WorkflowFailed(failure("broken"), steps, null, null));
        return fact;
    }

    /** The worker gives the workflow back. */
    public static WorkerFact released() {
        WorkerFact fact = new WorkerFact();
        fact.setReleased(new Released("shutting down"));
        return fact;
    }

    /** A step as it is on record, which returned. */
    public static RecordedStep recordedStep(int seq) {
        RecordedStep step = new RecordedStep();
        step.setSeq(seq);
        step.setName("step-" + seq);
        step.setKind(StepKind.STEP);
        step.setStatus(StepStatus.COMPLETED);
        step.setOutput(json("" + seq));
        step.setAttempts(1);
        step.setStartedAtMs(1L);
        step.setCompletedAtMs(2L);
        return step;
    }

    /** An error. */
    public static Failure failure(String message) {
        return new Failure("java.io.IOException", message, null);
    }
}
