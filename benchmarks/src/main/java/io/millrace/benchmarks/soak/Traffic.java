package io.millrace.benchmarks.soak;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Starts workflows of all kinds, and sees to it that each ends as it should. One thread starts them. */
final class Traffic {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);
    private static final int CHILDREN = 2;
    private static final int KEYS = 16;

    /** After so long a workflow that is to be cancelled waits for sure, in most cases; it may be cancelled before, too. */
    private static final Executor SOON = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    private static final StartOptions PLAIN = StartOptions.generatedId().queue(SoakWorkflows.QUEUE);

    private final MillraceClient client;
    private final Troubles troubles;
    private final Map<Kind, AtomicLong> ended = new EnumMap<>(Kind.class);
    private final Map<Kind, AtomicLong> openOfKind = new EnumMap<>(Kind.class);
    private final AtomicLong open = new AtomicLong();
    private long started;

    Traffic(MillraceClient client, Troubles troubles) {
        this.client = client;
        this.troubles = troubles;
        for (Kind kind : Kind.values()) {
            ended.put(kind, new AtomicLong());
            openOfKind.put(kind, new AtomicLong());
        }
    }

    /** Keeps so many open for a time, and says how many end in a second. */
    double atFullSpeed(int inFlight, Duration time, Runnable check) {
        long before = ended();
        long began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            if (open.get() < inFlight) {
                startOne();
            } else {
                check.run();
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
        return (ended() - before) * 1e9 / (System.nanoTime() - began);
    }

    /**
     * Starts so many in a second for a time, by the clock; where so many are open already, it waits, and falls behind.
     *
     * @return how many were started in a second
     */
    double atRate(double perSecond, int mostOpen, Duration time, Runnable check) {
        long began = System.nanoTime();
        long first = started;
        while (System.nanoTime() - began < time.toNanos()) {
            double due = (System.nanoTime() - began) / 1e9 * perSecond;
            while (started - first < due && open.get() < mostOpen) {
                startOne();
            }
            check.run();
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return (started - first) * 1e9 / (System.nanoTime() - began);
    }

    /** Waits for those that are open; those that then still are, are in trouble. */
    void awaitAll(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (open.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        if (open.get() > 0) {
            troubles.add(open.get() + " workflows have not ended " + atMost.toSeconds() + " s after the last start");
        }
    }

    long started() {
        return started;
    }

    long open() {
        return open.get();
    }

    /** How many of each kind are open: what is slow piles up. */
    Map<Kind, Long> openByKind() {
        return values(openOfKind);
    }

    /** How many have ended as they should. */
    long ended() {
        return ended.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** The same by kind. */
    Map<Kind, Long> endedByKind() {
        return values(ended);
    }

    private static Map<Kind, Long> values(Map<Kind, AtomicLong> counters) {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        counters.forEach((kind, count) -> counts.put(kind, count.get()));
        return counts;
    }

    private void startOne() {
        Kind kind = Kind.of(started++);
        open.incrementAndGet();
        openOfKind.get(kind).incrementAndGet();
        run(kind).whenComplete((done, error) -> {
            open.decrementAndGet();
            openOfKind.get(kind).decrementAndGet();
            if (error == null) {
                ended.get(kind).incrementAndGet();
            } else {
                troubles.add(kind + ": " + words(error));
            }
        });
    }

    private CompletableFuture<?> run(Kind kind) {
        return switch (kind) {
            case ONE_STEP -> result(SoakWorkflows.STEPS, 1, PLAIN);
            case FIVE_STEPS -> result(SoakWorkflows.STEPS, 5, PLAIN);
            case SLEEPING -> result(SoakWorkflows.SLEEPING, null, PLAIN);
            case RETRYING -> result(SoakWorkflows.RETRYING, null, PLAIN);
            case WITH_CHILDREN -> result(SoakWorkflows.PARENT, CHILDREN, PLAIN);
            case CANCELLED -> cancelled();
            case FORKED -> forked();
            case ON_LIMITED_QUEUE ->
                result(
                        SoakWorkflows.STEPS,
                        1,
                        StartOptions.generatedId()
                                .queue(SoakWorkflows.LIMITED_QUEUE)
                                .partitionKey("key-" + started % KEYS));
        };
    }

    private CompletableFuture<Object> result(String type, @Nullable Object input, StartOptions options) {
        return client.startAsync(type, input, Object.class, options).thenCompose(WorkflowHandle::resultAsync);
    }

    private CompletableFuture<?> cancelled() {
        return client.startAsync(SoakWorkflows.WAITING, null, Object.class, PLAIN)
                .thenCompose(workflow -> CompletableFuture.runAsync(() -> {}, SOON)
                        .thenCompose(soon -> workflow.cancelAsync())
                        .thenCompose(answered -> workflow.resultAsync()))
                .handle((result, error) -> {
                    if (error != null && cause(error) instanceof CancelledWorkflowException) {
                        return null;
                    }
                    throw new IllegalStateException("was to be cancelled, and ended otherwise: " + error);
                });
    }

    private CompletableFuture<?> forked() {
        return client.startAsync(SoakWorkflows.STEPS, 5, Object.class, PLAIN)
                .thenCompose(source -> source.resultAsync()
                        .thenCompose(result -> source.forkAsync(ForkOptions.from(FromStep.lastStep()))))
                .thenCompose(WorkflowHandle::resultAsync);
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** Without ids, so that the same trouble is the same text. */
    private static String words(Throwable error) {
        Throwable cause = cause(error);
        String text = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}(/[0-9.]+)?", "(id)");
    }
}
