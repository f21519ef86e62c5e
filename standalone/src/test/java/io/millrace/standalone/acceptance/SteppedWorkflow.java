package io.millrace.standalone.acceptance;

import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepCode;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs as many steps as its input says, named {@code step-1}, {@code step-2} and so on, one attempt each. Each notes that it ran, does what the
 * test wants of it, and returns its number behind the label: the output is {@code a1+a2+a3}.
 */
public final class SteppedWorkflow implements Workflow<Integer, String> {
    /** The workflow type that tests start it by. */
    public static final String TYPE = "stepped";

    private final Ran ran;
    private final String label;
    private final Map<Integer, StepCode.Action> inside;

    /** Labels its outputs "a". */
    public SteppedWorkflow(Ran ran) {
        this(ran, "a", Map.of());
    }

    private SteppedWorkflow(Ran ran, String label, Map<Integer, StepCode.Action> inside) {
        this.ran = ran;
        this.label = label;
        this.inside = inside;
    }

    /** With other outputs, as another version of the code has. */
    public SteppedWorkflow labelled(String newLabel) {
        return new SteppedWorkflow(ran, newLabel, inside);
    }

    /** With something to do in one of its steps. */
    public SteppedWorkflow inside(int step, StepCode.Action action) {
        Map<Integer, StepCode.Action> all = new HashMap<>(inside);
        all.put(step, action);
        return new SteppedWorkflow(ran, label, Map.copyOf(all));
    }

    /** With one step that fails. */
    public SteppedWorkflow failingAt(int step) {
        return inside(step, () -> {
            throw new IllegalStateException("a bug in step " + step);
        });
    }

    @Override
    public String run(WorkflowContext ctx, Integer steps) {
        List<String> outputs = new ArrayList<>();
        for (int n = 1; n <= steps; n++) {
            int number = n;
            outputs.add(ctx.step("step-" + n, String.class, RetryPolicy.NONE, step -> {
                ran.add(step.workflowId(), step.name());
                inside.getOrDefault(number, () -> {}).run();
                return label + number;
            }));
        }
        return String.join("+", outputs);
    }
}
