package io.millrace.engine.simulation;

import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.worker.Child;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.ChildWorkflowException;
import io.millrace.worker.MessageRejectedException;
import io.millrace.worker.Promise;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepContext;
import io.millrace.worker.StepFailedException;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The code of all simulated workflows: what one does follows from its input alone, as must be. Wherever it is outside the worker's code, others may go
 * first, or its process may die.
 */
final class SimulatedCode implements Workflow<String, String> {
    static final String TYPE = "demo";
    static final String TOPIC = "t";

    /** A child has children of its own no more: its input begins so. */
    private static final String LEAF = "leaf-";

    private static final int MOST_CALLS = 5;

    /** To so many workflows messages are sent: few, so that most of them are there. */
    private static final int RECEIVERS = 8;

    private static final RetryPolicy TWICE =
            RetryPolicy.of(2).backoff(Duration.ofMillis(60), 1).jitter(0);

    private final SimulatedWorker worker;
    private final SimulatedCluster cluster;

    SimulatedCode(SimulatedWorker worker, SimulatedCluster cluster) {
        this.worker = worker;
        this.cluster = cluster;
    }

    /** An input for a workflow that does one thing or another. */
    static String anyInput(Seeded chance, String tag) {
        return chance.below(100_000) + "-" + tag;
    }

    @Override
    public String run(WorkflowContext ctx, String input) throws Exception {
        SimulatedExecution execution = worker.executionOf(ctx.workflowId());
        cluster.guarantees().inCode(() -> {
            cluster.guarantees().steps().onCodeBegins(execution, input);
            return true;
        });
        try {
            String output = new Run(ctx, input, execution).live();
            cluster.guarantees().contents().said(output);
            return output;
        } catch (WorkflowCancelledException e) {
            if (input.hashCode() % 2 == 0) {
                ctx.shielded(() -> {
                    ctx.step("clean up", String.class, step -> body(execution, step, false));
                });
            }
            throw e;
        }
    }

    private String body(SimulatedExecution execution, StepContext step, boolean failsAtFirst) {
        StepLaws laws = cluster.guarantees().steps();
        StepLaws.Running running = cluster.guarantees().inCode(() -> laws.onStepBegins(execution, step.seq()));
        Coroutine.yield();
        if (failsAtFirst && step.attempt() == 1) {
            laws.onStepEnds(running);
            throw new IllegalStateException("as it is meant to");
        }
        Coroutine.yield();
        laws.onStepEnds(running);
        return cluster.guarantees().contents().say("result of " + step.idempotencyKey());
    }

    /** One run of the code from its beginning. */
    private final class Run {
        private final WorkflowContext ctx;
        private final String input;
        private final SimulatedExecution execution;
        private final Seeded chance;
        private final List<String> seen = new ArrayList<>();

        Run(WorkflowContext ctx, String input, SimulatedExecution execution) {
            this.ctx = ctx;
            this.input = input;
            this.execution = execution;
            this.chance = Seeded.of(input.hashCode());
        }

        String live() {
            int calls = chance.between(0, MOST_CALLS);
            boolean fails = chance.percent(8);
            for (int call = 0; call < calls; call++) {
                try {
                    call(call);
                } catch (ChildWorkflowException | MessageRejectedException | StepFailedException expected) {
                    seen.add("failed");
                }
                Coroutine.yield();
            }
            if (fails) {
                throw new IllegalStateException("the end of " + input);
            }
            return String.join(", ", seen);
        }

        private void call(int call) {
            boolean failsAtFirst = chance.percent(10);
            int millis = chance.below(400);
            int other = chance.below(RECEIVERS) + 1;
            switch (chance.below(input.startsWith(LEAF) ? 9 : 14)) {
                case 5 -> beside(call, failsAtFirst);
                case 6 -> saw(ctx.step(step("l" + call, failsAtFirst).timeout(Duration.ofMillis(millis + 1))));
                case 7 -> ctx.sleep(Duration.ofMillis(millis));
                case 8 -> ctx.setValue("v", call);
                case 9 ->
                    ctx.receive(TOPIC, String.class, Duration.ofMillis(millis)).ifPresent(this::saw);
                case 10, 11 ->
                    ctx.send("w" + other, TOPIC, cluster.guarantees().contents().say("message"));
                case 12, 13 -> child(call, millis);
                default -> saw(ctx.step(step("s" + call, failsAtFirst)));
            }
        }

        private StepCall<String> step(String name, boolean failsAtFirst) {
            return StepCall.of(name, String.class, TWICE, step -> body(execution, step, failsAtFirst));
        }

        /** Two steps at once; now and then nobody asks how the first one ended. */
        private void beside(int call, boolean failsAtFirst) {
            Promise<String> first = ctx.stepAsync(step("a" + call, failsAtFirst));
            Promise<String> second = ctx.stepAsync(step("b" + call, false));
            saw(second.get());
            if (chance.percent(70)) {
                saw(first.get());
            }
        }

        private void child(int call, int millis) {
            boolean abandons = millis % 3 == 0;
            ParentClosePolicy policy = abandons ? ParentClosePolicy.ABANDON : ParentClosePolicy.CANCEL;
            Child<String> child = ctx.child(
                    TYPE,
                    LEAF + input + call,
                    String.class,
                    ChildOptions.DEFAULT.queue(SimulatedQueues.CHILDREN).whenParentCloses(policy));
            if (!abandons) {
                saw(child.result());
            }
        }

        private void saw(String value) {
            cluster.guarantees().inCode(() -> {
                cluster.guarantees().contents().mustHaveBeenSaid(value, execution);
                return true;
            });
            seen.add(value);
        }
    }
}
