package io.millrace.engine.machine;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.QueueSamples;
import io.millrace.engine.testing.Reports;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.Command;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.TraceContext;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whatever can come to a workflow, mostly such that something follows from it. */
final class AnyInput {
    private static final int MOST_STEPS = 8;

    private final Seeded chance;

    AnyInput(Seeded chance) {
        this.chance = chance;
    }

    String worker() {
        return "w" + chance.below(3);
    }

    Start start(long most) {
        Start start = Samples.demo();
        start.setDelayMs(chance.percent(20) ? (long) chance.between(-1, 50) : null);
        start.setTimeoutMs(chance.percent(20) ? (long) chance.between(0, (int) most) : null);
        start.setPriority(chance.percent(20) ? chance.between(0, 3) : null);
        start.setPartitionKey(chance.percent(20) ? "k" + chance.below(2) : null);
        start.setDeduplicationId(chance.percent(10) ? "d" + chance.below(2) : null);
        start.setTrace(chance.percent(20) ? new TraceContext("p".repeat(chance.between(0, 200)), null) : null);
        start.setDeduplicationPolicy(chance.oneOf(DeduplicationPolicy.values()));
        return start;
    }

    /** Mostly it was not asked, or says nothing against it. */
    @Nullable
    QueueAnswered answerOfQueue() {
        return switch (chance.below(20)) {
            case 0 -> QueueSamples.objection("not here");
            case 1 -> QueueSamples.heldBy("holder");
            case 2 -> QueueSamples.allowed();
            default -> null;
        };
    }

    /** Command ids come again at times. */
    Command command(int number) {
        String id = "c" + (chance.percent(90) ? number : chance.below(number + 1));
        return switch (chance.below(16)) {
            case 0, 1 -> Samples.startCommand(id, start(800));
            case 2 -> Commands.cancel(id, chance.percent(80));
            case 3 -> Commands.terminate(id, chance.percent(80));
            case 4 -> Commands.pause(id);
            case 5, 6 -> Commands.unpause(id);
            case 7, 8 -> Commands.resume(id, chance.percent(20) ? "other" : null);
            case 9 -> Commands.rewind(id, chance.between(0, MOST_STEPS));
            case 10 ->
                Commands.fork(
                        id, "fork-" + number, Commands.at(chance.oneOf(StepPoint.LAST_STEP, StepPoint.LAST_FAILURE)));
            case 11 -> QueueSamples.setPriority(id, chance.between(0, 3));
            case 12 ->
                QueueSamples.move(
                        id,
                        chance.oneOf("default", "other"),
                        chance.percent(50) ? chance.between(1, 3) : null,
                        chance.percent(20) ? "k" + chance.below(2) : null);
            case 13 -> Commands.sendOnce(id, topic(), "key-" + chance.below(20));
            default -> Commands.send(id, topic(), id);
        };
    }

    private String topic() {
        return "t" + chance.below(2);
    }

    Transfer transfer() {
        int seq = chance.between(1, MOST_STEPS);
        return switch (chance.below(11)) {
            case 0 -> Transfers.startChild("parent-1", chance.between(1, 2));
            case 1 -> Transfers.stopChild("parent-" + chance.between(1, 2), ParentClosePolicy.CANCEL);
            case 2 -> Transfers.stopChild("parent-1", chance.oneOf(ParentClosePolicy.values()));
            case 3, 4 -> Transfers.news(childOf(seq), seq, chance.oneOf(WorkflowStatus.values()));
            case 5 -> Transfers.message("sender", seq, topic(), "hi");
            case 6 -> QueueSamples.allowedChild("parent-1", chance.between(1, 2));
            case 7 -> QueueSamples.objectedChild("parent-1", chance.between(1, 2));
            case 8 -> Transfers.receipt("receiver", seq, chance.below(2));
            case 9 ->
                Transfers.forkPart("source", "f" + chance.below(2), chance.between(1, 2), chance.percent(50), 1, 2);
            default -> Transfers.forkReceipt("fork-x", "c" + chance.below(60));
        };
    }

    /** Several facts of one worker. */
    WorkerFact[] facts(@Nullable StoredWorkflow workflow, long now) {
        List<WorkerFact> facts = new ArrayList<>();
        if (chance.percent(5)) {
            facts.add(Samples.eagerlyStarted(start(800)));
        }
        do {
            facts.add(fact(workflow, now));
        } while (chance.percent(40));
        return facts.toArray(WorkerFact[]::new);
    }

    private WorkerFact fact(@Nullable StoredWorkflow workflow, long now) {
        int seq = chance.between(chance.percent(2) ? 0 : 1, MOST_STEPS);
        return switch (chance.below(20)) {
            case 0 -> Samples.completed(steps(workflow));
            case 1 -> Samples.failed(seq);
            case 2 -> Reports.failedBy(seq, chance.between(seq, MOST_STEPS), MOST_STEPS);
            case 3 -> Samples.released();
            case 4 -> parked(workflow, seq, now);
            case 5 -> Reports.surfaced(chance.below(MOST_STEPS), chance.below(3));
            case 6 -> Reports.cancelled(steps(workflow), chance.percent(20) ? Samples.failure("no undo") : null);
            case 7 -> seen(workflow, seq);
            case 8 -> Samples.valueRecorded(chance.below(4), chance.below(3));
            case 9, 10 -> Reports.stepCancelled(seq, kindOf(seq));
            default -> begun(seq, now);
        };
    }

    /** Mostly as many as there are. */
    private int steps(@Nullable StoredWorkflow workflow) {
        if (workflow == null || chance.percent(20)) {
            return chance.below(MOST_STEPS);
        }
        int children = (int) workflow.getWaitingSteps().stream()
                .filter(step -> step.getKind() == StepKind.CHILD)
                .count();
        return workflow.getState().getStepCount() + children;
    }

    private WorkerFact parked(@Nullable StoredWorkflow workflow, int seq, long now) {
        List<WaitingStep> waiting = workflow == null ? List.of() : workflow.getWaitingSteps();
        int step = waiting.isEmpty() ? seq : chance.oneOf(waiting).getSeq();
        return Samples.parked(step, chance.percent(30) ? Long.MAX_VALUE : now + chance.between(-20, 60));
    }

    private WorkerFact seen(@Nullable StoredWorkflow workflow, int seq) {
        var unconfirmed = workflow == null
                ? List.<io.millrace.schemas.store.UnconfirmedReceive>of()
                : workflow.getUnconfirmedReceives();
        if (unconfirmed.isEmpty() || chance.percent(10)) {
            return Reports.receiveSeen(seq, chance.below(3));
        }
        var receive = chance.oneOf(unconfirmed);
        return Reports.receiveSeen(receive.getSeq(), receive.getMessageNumber());
    }

    /** A step of each number is mostly of the same kind, as it is in code. */
    private WorkerFact begun(int seq, long now) {
        return switch (kindOf(seq)) {
            case SLEEP -> chance.percent(50) ? Samples.sleepStarted(seq, now + 30) : Samples.stepCompleted(seq);
            case RECEIVE -> Reports.receiveStarted(seq, topic(), chance.percent(50) ? now + chance.below(60) : null);
            case SEND -> Reports.messageSent(seq, chance.percent(90) ? "receiver" : "", topic(), "hi");
            case CHILD -> Reports.childStarted(seq, childOf(seq), chance.oneOf(ParentClosePolicy.values()));
            case SET_VALUE -> Reports.valueSet(seq, "k" + chance.below(2), "v");
            case STEP, UNKNOWN ->
                switch (chance.below(5)) {
                    case 0 -> Samples.attemptFailed(seq, chance.between(0, 4), now + 10);
                    case 1 -> Samples.stepFailed(seq, Samples.failure("no"));
                    case 2 -> Reports.heartbeat(seq, chance.between(1, 3), "half");
                    default -> Samples.stepCompleted(seq);
                };
        };
    }

    private static String childOf(int seq) {
        return "child-" + seq;
    }

    private StepKind kindOf(int seq) {
        StepKind[] kinds = StepKind.values();
        return chance.percent(3) ? chance.oneOf(kinds) : kinds[Math.floorMod(seq, kinds.length)];
    }
}
