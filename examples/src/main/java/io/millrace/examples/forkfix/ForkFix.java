package io.millrace.examples.forkfix;

import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Worker;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowContext;

/**
 * Version v1 of a workflow has a bug in its third step. The workflow that failed by it is forked from there to version v2, which
 * has the repair: what was paid is not paid again, and the one that failed stays as it was.
 */
public final class ForkFix {
    private static final String QUEUE = "examples.forkfix";

    private ForkFix() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker v1 = worker(servers, "v1", (ctx, cents) -> invoice(ctx, cents, "ninety-nine"));
                Worker v2 = worker(servers, "v2", (ctx, cents) -> invoice(ctx, cents, "99"));
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            v1.start();
            v2.start();
            WorkflowHandle<String> failed = client.start(
                    "invoice",
                    99,
                    String.class,
                    StartOptions.workflowId(RunId.of("invoice")).queue(QUEUE).applicationVersion("v1"));
            System.out.println("v1: " + outcomeOf(failed));
            WorkflowHandle<String> fork = failed.fork(ForkOptions.from(FromStep.lastFailure())
                    .applicationVersion("v2")
                    .reason("the amount is a number now"));
            System.out.println("v2: " + outcomeOf(fork));
            failed.forks()
                    .forEach(copy -> System.out.println(
                            "a fork of " + failed.workflowId() + " runs from step " + copy.startStep()));
        }
    }

    private static Worker worker(String servers, String version, Workflow<Integer, String> workflow) {
        return Worker.builder(servers)
                .kafka(Arguments.kafka())
                .queue(QUEUE)
                .applicationVersion(version)
                .workflow("invoice", Integer.class, workflow)
                .build();
    }

    /** What the versions differ in is how they write the amount. */
    private static String invoice(WorkflowContext ctx, int cents, String amount) {
        ctx.step("reserve the goods", () -> System.out.println("reserved the goods"));
        ctx.step("take the money", () -> System.out.println("took " + cents + " cents"));
        return ctx.step("print the invoice", String.class, RetryPolicy.NONE, () -> {
            return "an invoice of " + Integer.parseInt(amount) + " cents";
        });
    }

    private static String outcomeOf(WorkflowHandle<String> workflow) {
        try {
            return "completed with " + workflow.result();
        } catch (WorkflowFailedException e) {
            return "ended as " + e.status();
        }
    }
}
