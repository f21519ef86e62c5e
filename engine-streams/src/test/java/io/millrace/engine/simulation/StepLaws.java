package io.millrace.engine.simulation;

import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must hold of the code that runs, judged by who was granted what, and by what is committed. */
final class StepLaws {
    private final SimulatedCluster cluster;
    private final Guarantees guarantees;
    private final Set<Running> running = new LinkedHashSet<>();
    private final Set<String> granted = new HashSet<>();
    private final Set<String> phantoms = new HashSet<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final List<Begun> begun = new ArrayList<>();

    /** A step's code that runs. */
    record Running(SimulatedExecution execution, int seq) {}

    private record Acknowledged(String workflowId, String workerId, long epoch, Payload output) {}

    private record Begun(SimulatedExecution execution, String input) {}

    StepLaws(SimulatedCluster cluster, Guarantees guarantees) {
        this.cluster = cluster;
        this.guarantees = guarantees;
    }

    /** Somebody was granted it, in a transaction that may be aborted: its worker sees that all the same. */
    void onGranted(String workflowId, String workerId, long epoch) {
        granted.add(name(workflowId, workerId, epoch));
    }

    /** It was granted in vain; its worker may run it all the same, and may be the one that is granted it once more. */
    void onAborted(String workflowId, String workerId, long epoch) {
        phantoms.add(name(workflowId, workerId, epoch));
    }

    private static String name(String workflowId, String workerId, long epoch) {
        return workflowId + "@" + epoch + " of " + workerId;
    }

    void onCodeBegins(SimulatedExecution execution, String input) {
        cluster.log().note(cluster.time(), execution.worker().name(), "runs " + execution.name() + " of " + input);
        mustBeGranted(execution);
        begun.add(new Begun(execution, input));
    }

    Running onStepBegins(SimulatedExecution execution, int seq) {
        cluster.log().note(cluster.time(), execution.worker().name(), "begins step " + seq + " in " + execution.name());
        mustBeGranted(execution);
        RecordedWorkflow workflow = guarantees.find(execution.workflowId());
        if (workflow != null && isInEarnest(execution, workflow)) {
            Invariant.LOST_BEGINS_NOTHING.must(
                    !workflow.wasLost(execution.epoch()), () -> "step " + seq + " in " + execution.name());
            Invariant.NEVER_AGAIN.must(
                    !workflow.steps().contains(seq), () -> "step " + seq + " in " + execution.name());
            boolean cancelled = workflow.status() == WorkflowStatus.CANCELLED
                    && !guarantees.commands().isToBeReopened(execution.workflowId());
            Invariant.NOTHING_AFTER_CANCELLED.must(!cancelled, () -> "step " + seq + " in " + execution.name());
        }
        Running step = new Running(execution, seq);
        running.add(step);
        return step;
    }

    private void mustBeGranted(SimulatedExecution execution) {
        Invariant.ONLY_WHO_WAS_GRANTED.must(
                granted.contains(name(execution.workflowId(), execution.workerId(), execution.epoch())),
                execution::name);
    }

    /**
     * Not so in the windows that are documented: it was granted in a transaction that was aborted, its worker has been told of a successor by one, or
     * it was taken away from outside and its worker has not heard of that yet.
     */
    private boolean isInEarnest(SimulatedExecution execution, RecordedWorkflow workflow) {
        return !phantoms.contains(name(execution.workflowId(), execution.workerId(), execution.epoch()))
                && workflow.wasGranted(execution.workerId(), execution.epoch())
                && !workflow.wasTakenAway(execution.epoch())
                && !execution.isDropped();
    }

    void onStepEnds(Running step) {
        running.remove(step);
    }

    void onDeath(SimulatedWorker worker) {
        running.removeIf(step -> step.execution().worker() == worker);
    }

    /** {@code CANCELLED} is visible. */
    void onCancelled(String workflowId, RecordedWorkflow workflow) {
        for (Running step : running) {
            SimulatedExecution execution = step.execution();
            boolean ours = execution.workflowId().equals(workflowId)
                    && isInEarnest(execution, workflow)
                    && !workflow.wasLost(execution.epoch());
            Invariant.STOPPED.must(!ours, () -> "step " + step.seq() + " runs in " + execution.name());
        }
        Invariant.STOPPED.must(
                workflow.openChildren().isEmpty(), () -> "children of " + workflowId + ": " + workflow.openChildren());
    }

    /** Kafka has a worker's report. */
    void onAppended(String workflowId, WorkerEvent event) {
        for (WorkerFact fact : event.getFacts()) {
            if (fact.getStepCompleted() != null && fact.getStepCompleted().getOutput() != null) {
                Payload output = fact.getStepCompleted().getOutput();
                acknowledged.add(new Acknowledged(workflowId, event.getWorkerId(), event.getEpoch(), output));
            }
        }
    }

    void mustHoldAtTheEnd() {
        for (Acknowledged each : acknowledged) {
            RecordedWorkflow workflow = guarantees.find(each.workflowId());
            boolean expected = workflow != null
                    && workflow.wasGranted(each.workerId(), each.epoch())
                    && !phantoms.contains(name(each.workflowId(), each.workerId(), each.epoch()))
                    && !workflow.wasLost(each.epoch())
                    && !workflow.wasTakenAway(each.epoch());
            Invariant.ACKNOWLEDGED_IS_RECORDED.must(
                    !expected || isOnRecord(workflow, each.output()),
                    () -> RecordWords.of(each.output()) + " of "
                            + name(each.workflowId(), each.workerId(), each.epoch()));
        }
        for (Begun each : begun) {
            RecordedWorkflow workflow = guarantees.find(each.execution().workflowId());
            if (workflow != null && isInEarnest(each.execution(), workflow)) {
                String input =
                        RecordWords.of(workflow.started().getStart().getInput().getData());
                Invariant.INPUT_OF_THE_FIRST.must(
                        input.equals("\"" + each.input() + "\""),
                        () -> each.execution().name() + " has " + each.input() + ", and on record is " + input);
            }
        }
    }

    private static boolean isOnRecord(RecordedWorkflow workflow, Payload output) {
        return workflow.history().stream()
                .flatMap(entry -> entry.getFacts().stream())
                .map(HistoryFact::getStepCompleted)
                .anyMatch(step -> step != null && output.equals(step.getOutput()));
    }
}
