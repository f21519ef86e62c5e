package io.millrace.benchmarks.soak;

import io.millrace.client.QueueOptions;
import io.millrace.worker.Child;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the workers of a long run can do. */
final class SoakWorkflows {
    static final String QUEUE = "soak";
    static final String LIMITED_QUEUE = "soak-limited";
    static final String STEPS = "soak.steps";
    static final String SLEEPING = "soak.sleeping";
    static final String RETRYING = "soak.retrying";
    static final String PARENT = "soak.parent";
    static final String WAITING = "soak.waiting";

    /** The limited queue's: enough that it does not fill up at the rates at which it is used, few enough to be reached. */
    static final QueueOptions LIMITS = QueueOptions.unlimited().concurrency(32).partitionConcurrency(8);

    /** Longer than what a worker waits for without letting go. */
    private static final Duration LONG = Duration.ofMillis(1_500);

    private static final String PAYLOAD = "x".repeat(100);

    private SoakWorkflows() {}

    static WorkerBuilder register(WorkerBuilder worker) {
        return worker.queue(QUEUE)
                .queue(LIMITED_QUEUE, LIMITS)
                .workflow(STEPS, Integer.class, SoakWorkflows::runSteps)
                .workflow(SLEEPING, Void.class, SoakWorkflows::sleep)
                .workflow(RETRYING, Void.class, SoakWorkflows::retry)
                .workflow(PARENT, Integer.class, SoakWorkflows::haveChildren)
                .workflow(WAITING, Void.class, SoakWorkflows::awaitForever);
    }

    private static String runSteps(WorkflowContext ctx, Integer steps) {
        String last = "";
        for (int i = 1; i <= steps; i++) {
            last = ctx.step("step-" + i, String.class, RetryPolicy.NONE, () -> PAYLOAD);
        }
        return last;
    }

    private static String sleep(WorkflowContext ctx, @Nullable Void none) {
        ctx.step("before", String.class, RetryPolicy.NONE, () -> PAYLOAD);
        ctx.sleep(LONG);
        return ctx.step("after", String.class, RetryPolicy.NONE, () -> PAYLOAD);
    }

    private static String retry(WorkflowContext ctx, @Nullable Void none) {
        RetryPolicy patient = RetryPolicy.of(3).backoff(LONG, 1);
        return ctx.step("fails at first", String.class, patient, step -> {
            if (step.attempt() == 1) {
                throw new IllegalStateException("the first attempt is meant to fail");
            }
            return PAYLOAD;
        });
    }

    private static int haveChildren(WorkflowContext ctx, Integer number) {
        List<Child<String>> children = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            children.add(ctx.child(STEPS, 1, String.class));
        }
        children.forEach(Child::result);
        return number;
    }

    private static @Nullable Void awaitForever(WorkflowContext ctx, @Nullable Void none) {
        ctx.sleep(Duration.ofDays(1));
        return null;
    }
}
