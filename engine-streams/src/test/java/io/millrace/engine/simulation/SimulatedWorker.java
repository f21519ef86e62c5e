package io.millrace.engine.simulation;

import io.millrace.engine.testing.Seeded;
import io.millrace.worker.EagerStart;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.internal.execution.WorkerClock;
import io.millrace.worker.internal.execution.WorkerEnvironment;
import io.millrace.worker.internal.execution.WorkerThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A process with the worker that users run in it. Its threads are coroutines, its connections lead to the simulated topics, and whatever it could do
 * next is done when the simulation says so: one message, one timer, one stretch of user code between two waits, one record that reaches the broker.
 */
final class SimulatedWorker {
    static final Duration LEASE = Duration.ofMillis(1_500);

    private final String name;
    private final SimulatedCluster cluster;
    private final long clockAheadMs;
    private final Timers timers = new Timers();
    private final Deque<Runnable> control = new ArrayDeque<>();
    private final List<Coroutine> coroutines = new ArrayList<>();
    private final List<SimulatedConnection> connections = new ArrayList<>();
    private final Worker worker;
    private boolean starting;
    private boolean frozen;
    private boolean dead;

    /** What a worker is like. */
    record Kind(int slots, List<String> queues, @Nullable String version) {}

    SimulatedWorker(String name, Kind kind, SimulatedCluster cluster) {
        this.name = name;
        this.cluster = cluster;
        this.clockAheadMs = cluster.anyClock();
        Executor begin = code -> coroutines.add(new Coroutine(code));
        WorkerThreads threads = new WorkerThreads(begin, begin, this::control, () -> {}, SimulatedFuture::join);
        Random random = new Random(cluster.chance().below(Integer.MAX_VALUE));
        WorkerBuilder builder = Worker.builder("simulated")
                .workflow(SimulatedCode.TYPE, String.class, new SimulatedCode(this, cluster))
                .slots(kind.slots())
                .lease(LEASE)
                .shutdownGrace(Duration.ZERO)
                .environment(new WorkerEnvironment(name, timers, threads, random, this::connect, Duration.ZERO));
        kind.queues().forEach(builder::queue);
        if (kind.version() != null) {
            builder.applicationVersion(kind.version());
        }
        this.worker = builder.build();
    }

    private void control(Runnable task) {
        if (starting) {
            task.run();
        } else {
            control.addLast(task);
        }
    }

    private SimulatedConnection connect() {
        SimulatedConnection connection = new SimulatedConnection(cluster, () -> starting);
        connections.add(connection);
        return connection;
    }

    /** It begins; what it sends until it has begun is there at once. */
    void start() {
        starting = true;
        worker.start();
        starting = false;
    }

    String name() {
        return name;
    }

    /** Code in its process starts a workflow; it may decline, and does while it stands still. */
    void tryStart(EagerStart start) {
        if (!frozen) {
            worker.tryStart(start);
        }
    }

    /** Under which it is known now. */
    String workerId() {
        return connection().workerId();
    }

    boolean isFrozen() {
        return frozen;
    }

    void setFrozen(boolean isFrozen) {
        frozen = isFrozen;
    }

    boolean isDead() {
        return dead;
    }

    /** Leaves in order, if it has nothing to do: else it would stay until that is over. */
    boolean leaveIfIdle() {
        boolean idle = coroutines.stream().allMatch(Coroutine::hasEnded)
                && control.isEmpty()
                && connection().isIdle()
                && worker.workerId().isPresent();
        if (idle) {
            starting = true;
            worker.close();
            dead = true;
            starting = false;
        }
        return idle;
    }

    /** The process ends here and now. What it has sent may have reached the broker, or some of it. */
    void crash() {
        dead = true;
        connections.forEach(connection -> connection.breakOff(cluster.chance()));
        cluster.guarantees().onDeath(this);
    }

    /** Ends the threads of a process that is dead, or whose run is over. */
    void unwind() {
        dead = true;
        connections.forEach(SimulatedConnection::forget);
        // One may add to them as it unwinds, such as a step beside the workflow: that has no thread yet, and gets none.
        List.copyOf(coroutines).forEach(Coroutine::unwind);
    }

    private SimulatedConnection connection() {
        return connections.get(connections.size() - 1);
    }

    /** The execution whose code has just begun. */
    SimulatedExecution executionOf(String workflowId) {
        return new SimulatedExecution(
                workflowId, this, connection(), connection().epochOf(workflowId));
    }

    /** Does one of the things that it can do; says whether there was one. */
    boolean doSomething(Seeded chance) {
        List<Runnable> able = able();
        if (able.isEmpty()) {
            return false;
        }
        chance.oneOf(able).run();
        cluster.guarantees().throwIfBrokenInCode();
        return true;
    }

    private List<Runnable> able() {
        List<Runnable> able = new ArrayList<>();
        if (dead) {
            return able;
        }
        connections.forEach(connection -> connection.addArrivals(able));
        if (frozen) {
            return able;
        }
        connections.forEach(connection -> connection.addWhatItCanDo(able));
        if (timers.isDue()) {
            able.add(timers::runNext);
        }
        if (!control.isEmpty()) {
            able.add(() -> control.removeFirst().run());
        }
        coroutines.removeIf(Coroutine::hasEnded);
        for (Coroutine coroutine : coroutines) {
            if (coroutine.isReady()) {
                able.add(coroutine::resume);
            }
        }
        return able;
    }

    /** Whether some of its code stands still, and waits for something that is not time. */
    boolean hasCodeThatWaits() {
        return coroutines.stream().anyMatch(coroutine -> !coroutine.hasEnded());
    }

    /** When it does something by itself next. */
    long nextTimerAtMs() {
        return timers.nextAtMs();
    }

    @Override
    public String toString() {
        return name + (dead ? " (dead)" : frozen ? " (frozen)" : "") + connections;
    }

    /** Its clock, which may be off, and its timers. */
    private final class Timers implements WorkerClock {
        private final PriorityQueue<Due> due =
                new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::number));
        private long numbers;

        private record Due(long atMs, long number, Runnable task) {}

        @Override
        public long wallMs() {
            return cluster.now() + clockAheadMs;
        }

        @Override
        public long nanos() {
            return cluster.tampering().nanos(cluster.now() * 1_000_000);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            Due added = new Due(cluster.now() + delay.toMillis(), ++numbers, task);
            due.add(added);
            return () -> due.remove(added);
        }

        @Override
        public void close() {
            due.clear();
        }

        private long nextAtMs() {
            Due next = due.peek();
            return next == null ? Long.MAX_VALUE : next.atMs();
        }

        private boolean isDue() {
            return nextAtMs() <= cluster.now();
        }

        private void runNext() {
            due.remove().task().run();
        }
    }
}
