package io.millrace.examples.approval;

import io.millrace.client.MessageOptions;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits for somebody's decision, which comes as a message, and shows by a value what it waits for. The first of the two expenses is decided
 * on; for the second one nobody has the time, and the workflow goes on without a decision.
 */
public final class Approval {
    private static final String QUEUE = "examples.approval";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What is to be paid. */
    record Expense(String what, int euros) {}

    /** What somebody has made of it. */
    record Decision(String by, boolean approved) {}

    private Approval() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("expense", Expense.class, Approval::expense)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            WorkflowHandle<String> chair = start(client, new Expense("a chair", 300));
            WorkflowHandle<String> yacht = start(client, new Expense("a yacht", 3_000_000));
            System.out.println("asked for: "
                    + chair.value("waits for", String.class, Duration.ofMinutes(1))
                            .orElse("nothing"));
            // Sent twice, as by somebody who did not see the answer; taken once.
            MessageOptions once = MessageOptions.none().idempotencyKey("decision-of-the-chief");
            chair.send("decision", new Decision("the chief", true), once);
            chair.send("decision", new Decision("the chief", true), once);
            System.out.println(chair.result());
            System.out.println(yacht.result());
        }
    }

    private static WorkflowHandle<String> start(MillraceClient client, Expense expense) {
        StartOptions options = StartOptions.workflowId(RunId.of("expense")).queue(QUEUE);
        return client.start("expense", expense, String.class, options);
    }

    private static String expense(WorkflowContext ctx, Expense expense) {
        ctx.setValue("waits for", "a decision on " + expense.what());
        Optional<Decision> decision = ctx.receive("decision", Decision.class, PATIENCE);
        if (decision.isEmpty()) {
            return "nobody has decided on " + expense.what() + " within " + PATIENCE.toSeconds() + " s";
        }
        if (!decision.get().approved()) {
            return decision.get().by() + " does not want " + expense.what();
        }
        ctx.step("pay", () -> System.out.println("paid " + expense.euros() + " euros for " + expense.what()));
        return decision.get().by() + " has approved " + expense.what();
    }
}
