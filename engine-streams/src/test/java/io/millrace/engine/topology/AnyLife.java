package io.millrace.engine.topology;

import io.millrace.engine.machine.Statuses;
import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Reports;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.List;

/** What clients, workers and time do to a cluster, by chance. */
final class AnyLife {
    private static final int WORKFLOWS = 6;
    private static final int WORKERS = 3;
    private static final int MOST_STEPS = 7;

    private final Seeded chance;
    private final LivingCluster cluster;
    private int commands;

    AnyLife(Seeded chance, LivingCluster cluster) {
        this.chance = chance;
        this.cluster = cluster;
    }

    void live() {
        cluster.passTime(100);
        String workerId = "w" + chance.below(WORKERS);
        switch (chance.below(20)) {
            case 0 -> cluster.command(workflow(), Samples.startCommand(nextCommand(), start()));
            case 1, 2 -> cluster.command(workflow(), command());
            case 3 -> cluster.workerIsAlive(workerId);
            case 4 -> {
                if (chance.percent(40)) {
                    cluster.workerLeaves(workerId);
                }
            }
            case 5 -> cluster.pulse();
            case 6, 7 -> cluster.credit(workerId, chance.below(4));
            case 8, 9 -> cluster.tick();
            case 10, 11, 12, 13 -> cluster.deliver();
            case 14 -> {
                if (chance.percent(20)) {
                    cluster.restart();
                }
            }
            default -> report();
        }
    }

    private String nextCommand() {
        return "c" + ++commands;
    }

    /** One of those that were started by hand, or any that has come of them. */
    private String workflow() {
        List<String> all = new ArrayList<>(cluster.workflows().keySet());
        return all.isEmpty() || chance.percent(40) ? "workflow-" + chance.below(WORKFLOWS) : chance.oneOf(all);
    }

    private Start start() {
        Start start = Samples.demo();
        start.setDelayMs(chance.percent(20) ? (long) chance.below(500) : null);
        start.setTimeoutMs(chance.percent(20) ? (long) chance.between(1, 3_000) : null);
        start.setRetentionMs(chance.percent(20) && cluster.purges() ? (long) chance.between(1_000, 3_000) : null);
        return start;
    }

    private Command command() {
        String id = chance.percent(95) ? nextCommand() : "c" + chance.between(0, commands) + "-" + nextCommand();
        return switch (chance.below(16)) {
            case 0, 1, 2 -> Commands.cancel(id, chance.percent(80));
            case 3 -> Commands.terminate(id, chance.percent(80));
            case 4, 5 -> Commands.pause(id);
            case 6, 7 -> Commands.unpause(id);
            case 8, 9 -> Commands.resume(id);
            case 10 -> Commands.rewind(id, chance.between(1, MOST_STEPS));
            case 11 -> Commands.fork(id, chance.percent(80) ? "fork-" + id : workflow(), chance.between(1, MOST_STEPS));
            case 12 -> Commands.fork(id, "fork-" + id, Commands.at(StepPoint.LAST_STEP));
            default -> Commands.send(id, topic(), id);
        };
    }

    private String topic() {
        return "t" + chance.below(2);
    }

    private void report() {
        String id = workflow();
        StoredWorkflow workflow = cluster.find(id);
        String owner = workflow == null ? null : Statuses.ownerOf(workflow);
        if (workflow != null && owner != null) {
            long epoch = workflow.getState().getEpoch() - (chance.percent(5) ? 1 : 0);
            WorkerFact[] facts = chance.percent(15) ? ending(workflow) : new WorkerFact[] {fact(workflow)};
            cluster.report(id, owner, epoch, facts);
        } else if (chance.percent(20)) {
            WorkerFact[] facts = {Samples.eagerlyStarted(start()), Samples.stepCompleted(1)};
            cluster.report(id, "w" + chance.below(WORKERS), 1, facts);
        }
    }

    private WorkerFact fact(StoredWorkflow workflow) {
        int seq = chance.between(1, MOST_STEPS);
        String id = workflow.getState().getWorkflowId();
        int run = workflow.getState().getRun();
        long due = cluster.now() + chance.below(300);
        List<WaitingStep> waiting = workflow.getWaitingSteps();
        if (!waiting.isEmpty() && chance.percent(20)) {
            WaitingStep step = chance.oneOf(waiting);
            boolean byTime = step.getKind() == StepKind.SLEEP || step.getKind() == StepKind.STEP;
            return Samples.parked(step.getSeq(), byTime || chance.percent(30) ? due : Long.MAX_VALUE);
        }
        if (chance.percent(10)) {
            return chance.percent(30) ? Samples.released() : Samples.stepCompleted(seq);
        }
        return switch (seq) {
            case 1 -> Reports.valueSet(seq, "k", "v");
            case 2, 3 -> Reports.childStarted(seq, childOf(id, seq, run), chance.oneOf(ParentClosePolicy.values()));
            case 4 -> Reports.receiveStarted(seq, topic(), chance.percent(50) ? due : null);
            case 5 -> Reports.messageSent(seq, workflow(), topic(), "hi");
            case 6 -> chance.percent(50) ? Samples.sleepStarted(seq, due) : Samples.attemptFailed(seq, 1, due);
            default -> Samples.stepCompleted(seq);
        };
    }

    /** Children of children, but not for ever; and at times of an id that somebody chose. */
    private String childOf(String id, int seq, int run) {
        boolean deep = id.chars().filter(c -> c == '/').count() >= 3;
        return deep || chance.percent(10) ? workflow() : id + "/" + seq + (run == 0 ? "" : "." + run);
    }

    /** The workflow ends, in a way that may be the right one. */
    private WorkerFact[] ending(StoredWorkflow workflow) {
        return switch (chance.below(4)) {
            case 0 -> new WorkerFact[] {Samples.failed(MOST_STEPS)};
            case 1 -> new WorkerFact[] {Reports.failedBy(chance.between(1, MOST_STEPS), MOST_STEPS, MOST_STEPS)};
            default -> end(workflow).toArray(WorkerFact[]::new);
        };
    }

    /** The code ends well: after its cancel, if there is one. What it waits for in vain is left out. */
    private static List<WorkerFact> end(StoredWorkflow workflow) {
        List<WorkerFact> facts = new ArrayList<>();
        boolean cancelled = workflow.getState().getStatus() == WorkflowStatus.CANCELLING;
        if (cancelled) {
            facts.add(Reports.surfaced(1, 1));
        }
        for (int seq = 1; seq <= MOST_STEPS; seq++) {
            StepKind kind = waitsAt(workflow, seq);
            if (kind != StepKind.CHILD) {
                facts.add(cancelled ? Reports.stepCancelled(seq) : Samples.stepCompleted(seq));
            }
        }
        facts.add(cancelled ? Reports.cancelled(MOST_STEPS) : Samples.completed(MOST_STEPS));
        return facts;
    }

    private static StepKind waitsAt(StoredWorkflow workflow, int seq) {
        return workflow.getWaitingSteps().stream()
                .filter(step -> step.getSeq() == seq)
                .map(WaitingStep::getKind)
                .findFirst()
                .orElse(StepKind.UNKNOWN);
    }

    /** Good times: a worker that is always there runs everything to its end, and somebody sends what is waited for. */
    void runOn() {
        for (int i = 0; i < 400; i++) {
            cluster.passTime(200);
            cluster.pulse();
            cluster.workerIsAlive("good");
            cluster.credit("good", 100);
            for (int j = 0; j < 10; j++) {
                cluster.tick();
                cluster.deliver();
                cluster.deliver();
            }
            cluster.workflows().forEach(this::helpOn);
        }
    }

    private void helpOn(String id, StoredWorkflow workflow) {
        if (workflow.getState().getStatus() == WorkflowStatus.PAUSED) {
            cluster.command(id, Commands.unpause(nextCommand()));
            return;
        }
        boolean cancelling = workflow.getState().getStatus() == WorkflowStatus.CANCELLING;
        for (WaitingStep step : workflow.getWaitingSteps()) {
            if (Statuses.isOpen(workflow.getState().getStatus()) && step.getKind() == StepKind.RECEIVE && !cancelling) {
                cluster.command(id, Commands.send(nextCommand(), step.getTopic(), "here"));
                return;
            }
        }
        boolean sending = workflow.getWaitingSteps().stream().anyMatch(step -> step.getKind() == StepKind.SEND);
        if ("good".equals(Statuses.ownerOf(workflow)) && (cancelling || !sending)) {
            cluster.report(
                    id, "good", workflow.getState().getEpoch(), end(workflow).toArray(WorkerFact[]::new));
        }
    }
}
