package io.millrace.standalone.acceptance;

import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowContext;

/**
 * Runs for as long as the test wants, in its first step, and notes when its code begins and ends. Its second step does nothing: there it notices that it
 * was paused or cancelled meanwhile. Returns the name of its worker.
 */
final class StayingWorkflow implements Workflow<String, String> {
    /** The workflow type that tests start it by. */
    static final String TYPE = "staying";

    /** What it stays for. */
    interface Purpose {
        void pursue(String workflowId) throws Exception;
    }

    private final Stays stays;
    private final String worker;
    private final Purpose purpose;

    StayingWorkflow(Stays stays, String worker, Purpose purpose) {
        this.stays = stays;
        this.worker = worker;
        this.purpose = purpose;
    }

    @Override
    public String run(WorkflowContext ctx, String input) {
        stays.begin(ctx.workflowId(), worker);
        try {
            ctx.step("stay", Void.class, RetryPolicy.NONE, step -> {
                purpose.pursue(step.workflowId());
                return null;
            });
            return ctx.step("leave", String.class, RetryPolicy.NONE, () -> worker);
        } finally {
            stays.end(ctx.workflowId(), worker);
        }
    }
}
