package io.millrace.examples.firstworkflow;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.Promise;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepContext;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;

/**
 * The checkout of the README. Each step is on record when it has ended, and does not run again then: kill this program where you like, and a worker
 * of the same workflow goes on behind the last one.
 */
public final class FirstWorkflow {
    private static final String QUEUE = "examples.firstworkflow";

    /** In a shop it is two weeks; however long, it holds neither a thread nor memory of the worker. */
    private static final Duration BEFORE_THE_REVIEW = Duration.ofSeconds(2);

    /** What is ordered. */
    record Order(String item, String card, long cents) {}

    /** What the customer gets. */
    record Receipt(String paymentId, String label) {}

    /** Another attempt may help. */
    private static final class BankBusyException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** No other attempt helps. */
    private static final class CardDeclinedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private FirstWorkflow() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("checkout", Order.class, FirstWorkflow::checkout)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            WorkflowHandle<Receipt> order = client.start(
                    "checkout",
                    new Order("a chair", "4711", 9_900),
                    Receipt.class,
                    StartOptions.workflowId(RunId.of("order")).queue(QUEUE));
            System.out.println("done: " + order.result());
            client.steps(order.workflowId())
                    .forEach(step -> System.out.println(
                            "on record: " + step + (step.attempts() > 1 ? ", attempts: " + step.attempts() : "")));
        }
    }

    private static Receipt checkout(WorkflowContext ctx, Order order) {
        RetryPolicy retries =
                RetryPolicy.of(5).backoff(Duration.ofMillis(200), 2).doNotRetry(CardDeclinedException.class);
        String payment = ctx.step("charge", String.class, retries, step -> charge(step, order));
        // Both run beside the code and beside each other; it waits where it asks for what they return.
        Promise<String> label = ctx.stepAsync("label", String.class, () -> printLabel(order));
        Promise<Integer> grams = ctx.stepAsync("pack", Integer.class, () -> pack(order));
        int weight = grams.get();
        ctx.step("mail", () -> System.out.println("mailed: your parcel of " + weight + " g is on its way"));
        ctx.sleep(BEFORE_THE_REVIEW);
        ctx.step("ask for a review", () -> System.out.println("mailed: how do you like " + order.item() + "?"));
        return new Receipt(payment, label.get());
    }

    /** The bank is asked with a key that is the same in all attempts, so that it charges once. */
    private static String charge(StepContext step, Order order) throws BankBusyException, CardDeclinedException {
        System.out.println("attempt " + step.attempt() + " to charge " + order.cents() + " cents");
        if (order.card().isEmpty()) {
            throw new CardDeclinedException();
        }
        if (step.attempt() == 1) {
            throw new BankBusyException();
        }
        return "payment for " + step.idempotencyKey();
    }

    private static String printLabel(Order order) {
        System.out.println("printed the label for " + order.item());
        return "label of " + order.item();
    }

    private static int pack(Order order) {
        System.out.println("packed " + order.item());
        return 7_000;
    }
}
