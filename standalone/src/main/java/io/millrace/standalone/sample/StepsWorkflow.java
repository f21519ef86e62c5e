package io.millrace.standalone.sample;

import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepContext;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code demo.steps}: some steps, one of which can be made to fail, to try cancel, resume and fork on. */
public final class StepsWorkflow implements Workflow<@Nullable StepsInput, StepsOutput> {
    /** The workflow type. */
    public static final String TYPE = "demo.steps";

    private final FailureBudget failures;

    StepsWorkflow(FailureBudget failures) {
        this.failures = failures;
    }

    @Override
    public StepsOutput run(WorkflowContext ctx, @Nullable StepsInput given) {
        StepsInput input = given == null ? StepsInput.DEFAULT : given;
        // Recorded before the first step, so every later run has the same one, and forks, which copy it, too: all
        // of them draw on one budget of failures. The workflow's id would give each fork failures of its own.
        String budget = ctx.uuid().toString();
        RetryPolicy retries = RetryPolicy.of(input.attempts());
        for (int n = 1; n <= input.steps(); n++) {
            ctx.step("step-" + n, StepOutput.class, retries, step -> runStep(step, input, budget));
        }
        return new StepsOutput(input.steps(), ctx.workflowId());
    }

    private StepOutput runStep(StepContext step, StepsInput input, String budget) throws Exception {
        Thread.sleep(input.stepMillis());
        if (step.seq() == input.failAtStep() && failures.take(budget, input.failTimes())) {
            throw new DemoFailure("step " + step.seq() + " fails as asked (failAtStep=" + input.failAtStep()
                    + ", failTimes=" + input.failTimes() + ")");
        }
        return new StepOutput(step.seq(), step.workflowId(), Instant.now());
    }
}
