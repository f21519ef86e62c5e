package io.millrace.engine.simulation;

import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of the whole system, in one thread and with a time of its own: what its {@link Schedule} says, and then good times, in which everything has to
 * come to its end. The same schedule is the same run, to the last record.
 */
final class Simulation {
    private static final int CHECK_EVERY = 50;
    private static final int MOST_ROUNDS = 1_500;
    private static final int ROUND_MS = 20;

    /** Until every worker has said several times how it is. */
    private static final int ROUNDS_OF_REST = 8;

    private static final int LONG_ROUND_MS = 250;

    /** So much a worker does at most in a round: else it has no end. */
    private static final int MOST_IN_A_ROUND = 5_000;

    static {
        Samples.ready();
    }

    private final Schedule schedule;
    private final SimulatedCluster cluster;
    private final SimulatedClients clients;
    private final QueueAgreement agreement;

    private Simulation(Schedule schedule, Tampering tampering) {
        this.schedule = schedule;
        this.cluster = new SimulatedCluster(schedule.conditions(), tampering, Seeded.of(schedule.seed()));
        this.clients = new SimulatedClients(cluster);
        this.agreement = new QueueAgreement(cluster);
    }

    /** How a run went. */
    record Outcome(Schedule schedule, RecordLog log, Invariant.@Nullable Broken broken) {}

    static Outcome run(Schedule schedule, Tampering tampering) {
        try {
            return judged(schedule, tampering);
        } catch (RuntimeException e) {
            throw new IllegalStateException("what judges has failed itself, with seed " + schedule.seed(), e);
        }
    }

    private static Outcome judged(Schedule schedule, Tampering tampering) {
        Simulation run = new Simulation(schedule, tampering);
        Invariant.Broken broken = null;
        try {
            run.live();
            run.comeToAnEnd();
        } catch (Invariant.Broken e) {
            broken = e;
        } finally {
            run.cluster.close();
        }
        return new Outcome(schedule, run.cluster.log(), broken);
    }

    private void live() {
        clients.setQueueOfChildren();
        int done = 0;
        for (Schedule.Act act : schedule.acts()) {
            cluster.setChance(Seeded.of(act.chance()));
            cluster.passTime(cluster.chance().below(4));
            does(act.what());
            if (++done % CHECK_EVERY == 0) {
                cluster.partitions().forEach(Guarantees::mustFitTogether);
            }
        }
    }

    private Seeded chance() {
        return cluster.chance();
    }

    private void does(Schedule.What what) {
        SimulatedPartition partition = chance().oneOf(cluster.partitions());
        switch (what) {
            case START -> clients.start();
            case EAGER_START -> anyWorker("is asked for an eager start", clients::startEagerly);
            case COMMAND -> clients.command();
            case COMMAND_AGAIN -> clients.commandAgain();
            case BAD_RECORD -> clients.badRecord();
            case SETTINGS -> clients.set();
            case TIME -> cluster.passTime(chance().below(chance().percent(20) ? 600 : 60));
            case TICK -> partition.tick();
            case HEARTBEATS -> cluster.partitions().forEach(SimulatedPartition::readHeartbeats);
            case TAKE -> take(partition);
            case COMMIT -> partition.commit();
            case WORK -> work();
            case REST -> rest();
            case ABORT -> trouble("aborts", partition, SimulatedPartition::abort);
            case MOVE -> trouble("moves", partition, SimulatedPartition::moveElsewhere);
            case AWAY -> trouble("is away, or back", partition, away -> away.setAway(!away.isAway()));
            case ALL_AWAY -> allAway();
            case CRASH -> anyWorker("crashes", SimulatedWorker::crash);
            case FREEZE -> anyWorker("freezes", worker -> worker.setFrozen(true));
            case FREEZE_LONG -> anyWorker("freezes for longer than its lease", this::freezeLong);
            case THAW -> anyWorker("thaws", worker -> worker.setFrozen(false));
            case JOIN -> join();
            case LEAVE -> anyWorker("leaves if idle", SimulatedWorker::leaveIfIdle);
        }
    }

    private void take(SimulatedPartition partition) {
        for (int records = chance().between(1, 4); records > 0; records--) {
            partition.takeNext();
        }
        if (chance().percent(50)) {
            partition.commit();
        }
    }

    private void trouble(String what, SimulatedPartition partition, Consumer<SimulatedPartition> does) {
        cluster.log().note(cluster.time(), "engine p" + partition.number(), what);
        does.accept(partition);
    }

    private void anyWorker(String what, Consumer<SimulatedWorker> does) {
        List<SimulatedWorker> living = cluster.living();
        if (!living.isEmpty()) {
            SimulatedWorker worker = chance().oneOf(living);
            cluster.log().note(cluster.time(), worker.name(), what);
            does.accept(worker);
        }
    }

    /** Longer than its lease, while all others go on. */
    private void freezeLong(SimulatedWorker worker) {
        worker.setFrozen(true);
        for (long ms = 0; ms < 2 * SimulatedWorker.LEASE.toMillis(); ms += LONG_ROUND_MS) {
            goOn(LONG_ROUND_MS);
        }
        worker.setFrozen(false);
    }

    private void work() {
        List<SimulatedWorker> living = cluster.living();
        for (int times = chance().between(2, 12); times > 0 && !living.isEmpty(); times--) {
            chance().oneOf(living).doSomething(chance());
        }
    }

    /** Whenever nothing is on its way, everybody agrees on who waits and who runs. */
    private void rest() {
        cluster.log().note(cluster.time(), "", "all engines are there, and come to rest");
        cluster.comeToRest();
        Invariant.QUEUE_LIMITS.holdsBy(agreement::mustHold);
    }

    private void join() {
        if (cluster.living().size() < 4) {
            List<String> queues = new ArrayList<>(SimulatedQueues.NAMES);
            queues.removeIf(queue -> chance().percent(15));
            queues.add(SimulatedQueues.CHILDREN);
            String version = chance().percent(50) ? "v1" : "v2";
            cluster.join(new SimulatedWorker.Kind(chance().between(1, 4), queues, version));
        }
    }

    /** The engine is away, and whatever runs must come to where it has to wait for something that is not the broker. */
    private void allAway() {
        List<SimulatedPartition> there = cluster.partitions().stream()
                .filter(partition -> !partition.isAway())
                .toList();
        there.forEach(partition -> partition.setAway(true));
        cluster.living().forEach(this::doAll);
        cluster.guarantees().mustHaveRunWithoutEngine();
        there.forEach(partition -> partition.setAway(false));
    }

    private void doAll(SimulatedWorker worker) {
        for (int i = 0; worker.doSomething(chance()); i++) {
            Invariant.ENDS.must(i < MOST_IN_A_ROUND, () -> worker + " is always busy");
        }
    }

    /** Good times. */
    private void comeToAnEnd() {
        cluster.setChance(Seeded.of(schedule.seed()));
        cluster.log().note(cluster.time(), "", "good times begin");
        clients.openQueues();
        cluster.living().forEach(worker -> worker.setFrozen(false));
        cluster.partitions().forEach(partition -> partition.setAway(false));
        List<String> queues = new ArrayList<>(SimulatedQueues.NAMES);
        queues.add(SimulatedQueues.CHILDREN);
        cluster.join(new SimulatedWorker.Kind(6, queues, "v1"));
        cluster.join(new SimulatedWorker.Kind(6, queues, "v2"));
        for (int round = 0; round < MOST_ROUNDS && !isOver(); round++) {
            goOn(ROUND_MS);
            if (round % 20 == 19) {
                cluster.guarantees().open().forEach(this::helpOn);
            }
        }
        for (int round = 0; round < ROUNDS_OF_REST; round++) {
            goOn(LONG_ROUND_MS);
        }
        cluster.partitions().forEach(this::takeAll);
        cluster.guarantees().mustHaveEnded();
        cluster.guarantees().mustHoldAtTheEnd();
        Invariant.QUEUE_LIMITS.holdsBy(agreement::mustHold);
        Invariant.ENDS.holdsBy(agreement::mustHaveNothingLeft);
    }

    private void goOn(int ms) {
        cluster.passTime(ms);
        cluster.partitions().forEach(this::takeAll);
        cluster.living().forEach(this::doAll);
    }

    private void takeAll(SimulatedPartition partition) {
        partition.readHeartbeats();
        partition.tick();
        boolean more = true;
        while (more) {
            more = partition.takeNext();
        }
        partition.commit();
    }

    private void helpOn(String workflowId) {
        RecordedWorkflow workflow = cluster.guarantees().find(workflowId);
        if (workflow != null && workflow.status() == WorkflowStatus.PAUSED) {
            clients.unpause(workflowId);
        }
    }

    private boolean isOver() {
        return cluster.isQuiet() && cluster.guarantees().open().isEmpty();
    }
}
