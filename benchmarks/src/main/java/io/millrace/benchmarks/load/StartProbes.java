package io.millrace.benchmarks.load;

import io.millrace.benchmarks.feed.CommandPipe;
import io.millrace.benchmarks.feed.EndReader;
import io.millrace.benchmarks.feed.ProbeIds;
import io.millrace.benchmarks.figures.Latencies;
import io.millrace.benchmarks.figures.Spans;
import io.millrace.benchmarks.figures.WallClock;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Workflows that say when their first line ran. Clocks are compared, so workers must be on this machine, or its clock must be right. */
final class StartProbes {
    /** A probe that has not begun in this time is not waited for, and is reported as missing. */
    private static final Duration LONGEST_ONE = Duration.ofSeconds(30);

    private final CommandPipe pipe;
    private final EndReader ends;
    private final ProbeIds ids;
    private final Starts starts;
    private final List<Double> fromSent = new ArrayList<>();
    private final List<Double> fromAccepted = new ArrayList<>();
    private final List<CompletableFuture<Void>> open = new ArrayList<>();

    StartProbes(LoadPlan plan, CommandPipe pipe, EndReader ends, ProbeIds ids) {
        this.pipe = pipe;
        this.ends = ends;
        this.ids = ids;
        this.starts = new Starts(plan);
    }

    /** Starts one; what it measures is kept when it has ended. */
    synchronized CompletableFuture<Void> start() {
        String workflowId = ids.next();
        CompletableFuture<WorkflowState> ended = ends.end(workflowId);
        long sentAt = WallClock.micros();
        CompletableFuture<Void> measured = pipe.start(workflowId, starts.probe())
                .thenApply(Serving::requireAccepted)
                .thenCombine(ended, (reply, state) -> keep(sentAt, reply, state));
        open.add(measured);
        return measured;
    }

    /** Starts so many, each when the one before has ended. */
    void oneAtATime(int number) throws InterruptedException {
        for (int i = 0; i < number; i++) {
            await(start());
        }
    }

    /** Waits for those that are open. */
    void awaitAll() throws InterruptedException {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            all = List.copyOf(open);
        }
        for (CompletableFuture<Void> one : all) {
            await(one);
        }
    }

    synchronized List<Latencies> latencies(String when) {
        return List.of(
                new Latencies(when + ": start sent to first line", fromSent),
                new Latencies(when + ": accepted to first line", fromAccepted));
    }

    private synchronized Void keep(long sentAt, CommandReply reply, WorkflowState state) {
        Payload output = state.getOutput();
        if (state.getStatus() != WorkflowStatus.COMPLETED || output == null) {
            throw new IllegalStateException("probe " + state.getWorkflowId() + " ended as " + state.getStatus());
        }
        String json =
                StandardCharsets.UTF_8.decode(output.getData().duplicate()).toString();
        long firstLineAt = Long.parseLong(json);
        fromSent.add((firstLineAt - sentAt) / 1e3);
        // The engine says whole milliseconds.
        fromAccepted.add(Math.max(0, (firstLineAt - reply.getAtMs() * 1_000) / 1e3));
        return null;
    }

    private static void await(CompletableFuture<Void> measured) throws InterruptedException {
        try {
            measured.get(LONGEST_ONE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "a probe has not ended in " + Spans.text(LONGEST_ONE) + ": do workers run, and take the queue?", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }
}
