package io.millrace.testkit;

import io.millrace.payload.PayloadCodec;
import io.millrace.schemas.InboxMessage;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.internal.execution.WorkerEnvironment;
import io.millrace.worker.internal.execution.WorkerThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The worker, one process at a time. All its code runs within the calls that are made here, and every wait parks, so that nothing of it
 * is left on any thread when they return.
 */
final class InProcessWorker {
    private static final WorkerThreads CALLERS_THREAD =
            new WorkerThreads(Runnable::run, Runnable::run, Runnable::run, () -> {});

    private final InProcessEngine engine;
    private final VirtualClock clock;
    private final PayloadCodec codec;
    private final RandomGenerator random;
    private final Set<String> killed = new HashSet<>();
    private final List<String> ids = new ArrayList<>();
    private @Nullable Process process;
    /** The present incarnation's; nobody's before the first one. */
    private InProcessTransport transport;

    private int kills;

    private record Process(Worker worker, WorkerTimers timers) {}

    InProcessWorker(InProcessEngine engine, VirtualClock clock, PayloadCodec codec, RandomGenerator random) {
        this.engine = engine;
        this.clock = clock;
        this.codec = codec;
        this.random = random;
        this.transport = new InProcessTransport(engine, killed);
    }

    void start(Consumer<WorkerBuilder> settings) {
        WorkerTimers timers = new WorkerTimers(clock);
        // A grace would be waited for in real time, and there is never a step running when a worker is closed.
        WorkerBuilder builder = Worker.builder("in this process").codec(codec).shutdownGrace(Duration.ZERO);
        settings.accept(builder);
        Worker worker = builder.environment(new WorkerEnvironment(
                        "test-kit",
                        timers,
                        CALLERS_THREAD,
                        random,
                        () -> transport = new InProcessTransport(engine, killed),
                        Duration.ZERO))
                .build();
        process = new Process(worker, timers);
        worker.start();
        noteId(worker);
    }

    /** Leaves in order. */
    void stop() {
        if (process != null) {
            process.worker().close();
            process = null;
        }
    }

    /** Is gone without a word. The next process, with the same code, is there at once. */
    void kill() {
        kills++;
        transport.kill();
        if (process != null) {
            noteId(process.worker());
        }
    }

    /** How often it was killed. */
    int kills() {
        return kills;
    }

    private void noteId(Worker worker) {
        worker.workerId().ifPresent(ids::add);
    }

    void deliver(String workerId, InboxMessage message) {
        transport.deliver(workerId, message);
    }

    long nextTimerAtMs() {
        return process == null ? Long.MAX_VALUE : process.timers().nextAtMs();
    }

    void runTimers() {
        if (process != null) {
            process.timers().runDue();
        }
    }

    /** A name that is the same in every run of a test, unlike the id: "worker 1" for the first process. */
    String nameOf(String workerId) {
        int index = ids.indexOf(workerId);
        return index < 0 ? workerId : "worker " + (index + 1);
    }
}
