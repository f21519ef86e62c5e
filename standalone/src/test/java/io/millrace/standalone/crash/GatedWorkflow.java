package io.millrace.standalone.crash;

import io.millrace.worker.Child;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepContext;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.WorkflowContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the crash tests run: steps that leave an effect each, and one of which may wait at a gate. When cancelled, it cleans up by one more. */
final class GatedWorkflow implements Workflow<GatedWorkflow.Input, Integer> {
    /** The workflow type. */
    static final String TYPE = "crash.gated";

    /** The step that runs when the workflow was cancelled. */
    static final String CLEAN_UP = "clean-up";

    /** What the id of a child has behind its parent's. */
    static final String CHILD = "-child-";

    private static final int STEPS_OF_CHILD = 2;

    /** Kills may well come between two attempts: the budget must not run out by them. */
    private static final RetryPolicy RETRIES = RetryPolicy.of(5);

    /**
     * What to run.
     *
     * @param steps how many steps
     * @param gateAt in which of them to wait at the workflow's gate; 0 for none
     * @param payloadBytes how much each step returns
     * @param sleepMillis how long to sleep durably after each step, which is a step of its own; 0 for not at all
     * @param failAt the first attempt of which step fails; 0 for none
     * @param children how many children, of two steps each, to start after the steps, and to wait for
     */
    record Input(int steps, int gateAt, int payloadBytes, int sleepMillis, int failAt, int children) {
        static Input steps(int steps) {
            return new Input(steps, 0, 10, 0, 0, 0);
        }

        /** With a gate in this step. */
        Input gateAt(int step) {
            return new Input(steps, step, payloadBytes, sleepMillis, failAt, children);
        }

        Input returning(int bytes) {
            return new Input(steps, gateAt, bytes, sleepMillis, failAt, children);
        }

        Input sleeping(int millis) {
            return new Input(steps, gateAt, payloadBytes, millis, failAt, children);
        }

        Input withChildren(int count) {
            return new Input(steps, gateAt, payloadBytes, sleepMillis, failAt, count);
        }

        Input failingOnceAt(int step) {
            return new Input(steps, gateAt, payloadBytes, sleepMillis, step, children);
        }
    }

    private final Effects effects;
    private final Gates gates;
    private final Supplier<String> workerId;

    GatedWorkflow(Path directory, Supplier<String> workerId) {
        this.effects = new Effects(directory);
        this.gates = new Gates(directory);
        this.workerId = workerId;
    }

    @Override
    public Integer run(WorkflowContext ctx, Input input) {
        try {
            return runSteps(ctx, input);
        } catch (WorkflowCancelledException e) {
            ctx.shielded(() -> ctx.step(CLEAN_UP, step -> effects.add(workerId.get(), step.workflowId(), step.seq())));
            throw e;
        }
    }

    private Integer runSteps(WorkflowContext ctx, Input input) {
        for (int n = 1; n <= input.steps(); n++) {
            int number = n;
            ctx.step("step-" + n, String.class, RETRIES, step -> runStep(step, number, input));
            if (input.sleepMillis() > 0) {
                ctx.sleep(Duration.ofMillis(input.sleepMillis()));
            }
        }
        List<Child<Integer>> children = new ArrayList<>();
        for (int n = 1; n <= input.children(); n++) {
            ChildOptions options = ChildOptions.DEFAULT.workflowId(ctx.workflowId() + CHILD + n);
            children.add(ctx.child(TYPE, Input.steps(STEPS_OF_CHILD), Integer.class, options));
        }
        children.forEach(Child::result);
        return input.steps();
    }

    private String runStep(StepContext step, int number, Input input) throws IOException {
        effects.add(workerId.get(), step.workflowId(), step.seq());
        if (number == input.gateAt()) {
            gates.pass(step.workflowId());
        }
        if (number == input.failAt() && step.attempt() == 1) {
            throw new IOException("the first attempt fails as asked");
        }
        return "x".repeat(input.payloadBytes());
    }
}
