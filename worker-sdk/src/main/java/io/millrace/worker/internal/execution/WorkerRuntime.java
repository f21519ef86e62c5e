package io.millrace.worker.internal.execution;

import io.millrace.payload.PayloadCodec;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.tracing.internal.Tracing;
import io.millrace.worker.EagerRun;
import io.millrace.worker.EagerStart;
import io.millrace.worker.EagerStarter;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a worker going: one {@link Incarnation} at a time, and a new one whenever the last was lost, until it is closed. */
public final class WorkerRuntime implements EagerStarter {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRuntime.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** So long a worker waits at its start for a broker and for the engine's topics. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final WorkerSettings settings;
    private final Incarnation.WorkerCode code;
    private final WorkerEnvironment environment;
    private final AtomicBoolean startCalled = new AtomicBoolean();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    /** Ids under which nothing is sent any more, until their tombstones are on record. */
    private final Set<String> lostIds = ConcurrentHashMap.newKeySet();

    private final Object lock = new Object();
    private volatile @Nullable Incarnation current;
    private volatile boolean closed;
    private volatile @Nullable Throwable lastError;

    /** Not started. */
    public WorkerRuntime(
            WorkerSettings settings,
            WorkflowRegistry registry,
            PayloadCodec codec,
            Tracing tracing,
            WorkerEnvironment environment) {
        this.settings = settings;
        this.code = new Incarnation.WorkerCode(registry, new Payloads(codec), tracing);
        this.environment = environment;
    }

    /**
     * Returns when the engine can grant work to this worker.
     *
     * @throws IllegalStateException if that does not come about within a minute, or if it was started before
     */
    public void start() {
        if (!startCalled.compareAndSet(false, true)) {
            throw new IllegalStateException("a worker can be started once; build another one");
        }
        environment.threads().control().execute(this::begin);
        try {
            started.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted before the worker had started", e);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException(
                    "the worker could not start within " + START_TIMEOUT + ": " + why(), lastError);
        }
    }

    private String why() {
        Throwable last = lastError;
        return last == null ? "Kafka did not answer" : String.valueOf(last.getMessage());
    }

    /** The id it has now; none between two incarnations. */
    public Optional<String> workerId() {
        return Optional.ofNullable(current).map(Incarnation::workerId);
    }

    @Override
    public Optional<EagerRun> tryStart(EagerStart request) {
        Incarnation incarnation = current;
        return incarnation == null ? Optional.empty() : incarnation.tryStart(request);
    }

    private void begin() {
        try {
            Incarnation next = connect();
            synchronized (lock) {
                if (closed) {
                    next.abandon("the worker closes");
                    return;
                }
                current = next;
            }
            next.begin(lostIds).whenComplete((ok, error) -> onBegun(next, error));
        } catch (RuntimeException e) {
            lastError = e;
            LOG.warn("The worker cannot begin, and tries again: {}", e.toString());
            Incarnation failed = current;
            if (failed != null) {
                abandon(failed, "it could not begin");
            }
            beginLater();
        }
    }

    private void onBegun(Incarnation begun, @Nullable Throwable error) {
        if (error == null) {
            LOG.info("Worker {} takes {}", begun.workerId(), code.registry().names());
            started.complete(null);
        } else {
            lastError = error;
        }
    }

    private void beginLater() {
        environment
                .clock()
                .schedule(
                        RETRY,
                        () -> environment.threads().control().execute(() -> {
                            if (!closed) {
                                begin();
                            }
                        }));
    }

    private Incarnation connect() {
        WorkerTransport transport = environment.transports().open();
        String id = newWorkerId();
        Heartbeats heartbeats = new Heartbeats(id, announcement(), transport, environment.clock(), settings.observer());
        return new Incarnation(
                heartbeats,
                code,
                settings,
                new Incarnation.Connection(id, environment, transport),
                (lost, reason) -> environment.threads().control().execute(() -> replace(lost, reason)));
    }

    private void replace(Incarnation lost, String reason) {
        LOG.warn("Worker {} abandons what it has and begins anew: {}", lost.workerId(), reason);
        if (!abandon(lost, reason)) {
            return;
        }
        if (lost.wasReady()) {
            begin();
        } else {
            beginLater();
        }
    }

    /** Whether it was the current one: then another one is to follow. */
    private boolean abandon(Incarnation lost, String reason) {
        synchronized (lock) {
            if (current != lost) {
                return false;
            }
            current = null;
        }
        lostIds.add(lost.workerId());
        lost.abandon(reason);
        return true;
    }

    private WorkerHeartbeat announcement() {
        return new WorkerHeartbeat(
                host(),
                environment.clock().wallMs(),
                settings.lease().toMillis(),
                settings.queues().names(),
                code.registry().names(),
                settings.applicationVersion(),
                settings.slots(),
                false);
    }

    private String newWorkerId() {
        String random = Long.toString(environment.random().nextLong() >>> 1, Character.MAX_RADIX);
        return environment.process() + "-" + random;
    }

    /** The host and the process id of this JVM. */
    public static String thisProcess() {
        return host() + "-" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }

    /** Leaves in order; returns when nothing of it is left. Closing it again does nothing. */
    public void close() {
        Incarnation last;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.close();
        }
        environment.threads().shutdown().run();
        environment.clock().close();
    }
}
