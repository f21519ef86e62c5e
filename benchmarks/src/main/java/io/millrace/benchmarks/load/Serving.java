package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.feed.CommandPipe;
import io.millrace.benchmarks.feed.ProbeIds;
import io.millrace.benchmarks.figures.Spans;
import io.millrace.client.MillraceClient;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * When the engine serves: it has answered questions and accepted starts, on all its partitions as good as certainly. Both are asked at once
 * and wait on their topics until it does.
 */
final class Serving {
    /** With 4 partitions, one is left out in 1 of 250 times. */
    private static final int ASKED = 24;

    /** What a million workflows may need to be restored on a slow machine. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(500);

    private final LoadPlan plan;
    private final Target target;
    private final ProbeIds ids;

    Serving(LoadPlan plan, Target target, ProbeIds ids) {
        this.plan = plan;
        this.target = target;
        this.ids = ids;
    }

    /** Returns when it answers questions. */
    void awaitAnswers(Runnable check) throws InterruptedException {
        try (MillraceClient client = client(target, LONGEST)) {
            await(questions(client), check);
        }
    }

    /** Returns when it answers questions and accepts starts. */
    void await(CommandPipe pipe, MillraceClient patient, Runnable check) throws InterruptedException {
        List<CompletableFuture<?>> asked = questions(patient);
        Starts starts = new Starts(plan);
        for (int i = 0; i < ASKED; i++) {
            asked.add(pipe.start(ids.next(), starts.probe()).thenAccept(Serving::requireAccepted));
        }
        await(asked, check);
    }

    /** A client whose questions wait for an engine that is away. */
    static MillraceClient patientClient(Target target) {
        return client(target, LONGEST);
    }

    static MillraceClient client(Target target, Duration patience) {
        return target.client("millrace load", patience);
    }

    static CommandReply requireAccepted(CommandReply reply) {
        if (reply.getOutcome() != CommandOutcome.ACCEPTED) {
            throw new IllegalStateException("the engine refused " + reply.getCommand() + " on " + reply.getWorkflowId()
                    + ": " + reply.getReason());
        }
        return reply;
    }

    private List<CompletableFuture<?>> questions(MillraceClient client) {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            asked.add(client.describeAsync(ids.next()));
        }
        return asked;
    }

    private static void await(List<CompletableFuture<?>> asked, Runnable check) throws InterruptedException {
        CompletableFuture<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                all.get(BETWEEN_CHECKS.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                check.run();
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the engine does not serve after " + Spans.text(LONGEST), e);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
            }
        }
    }
}
