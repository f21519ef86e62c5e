package io.millrace.examples.cancelcleanup;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Books a trip, is cancelled while it waits for the money, and gives back what it has booked, the last booking first.
 *
 * <p>A cancel comes as an exception out of the next step or wait. Code in a {@code finally} block runs as usual; steps there run, and are on
 * record, when they are in a shielded scope.
 */
public final class CancelCleanup {
    private static final String QUEUE = "examples.cancelcleanup";

    private CancelCleanup() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("book a trip", String.class, CancelCleanup::bookTrip)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            WorkflowHandle<String> trip = client.start(
                    "book a trip",
                    "Lisbon",
                    String.class,
                    StartOptions.workflowId(RunId.of("trip")).queue(QUEUE));
            // The workflow says by a value that it has come to the point where this example wants to cancel it.
            trip.value("waits for", String.class, Duration.ofMinutes(1))
                    .ifPresent(what -> System.out.println("the trip waits for " + what));
            trip.cancel(StopOptions.because("the customer has changed their mind"));
            awaitEnd(trip);
            client.steps(trip.workflowId()).forEach(step -> System.out.println("on record: " + step));
        }
    }

    private static String bookTrip(WorkflowContext ctx, String city) {
        Deque<String> booked = new ArrayDeque<>();
        boolean paid = false;
        try {
            book(ctx, "flight to " + city, booked);
            book(ctx, "hotel in " + city, booked);
            ctx.setValue("waits for", "the money");
            String payment = ctx.receive("payment", String.class);
            paid = true;
            return payment;
        } finally {
            if (!paid) {
                ctx.shielded(() -> booked.forEach(what -> giveBack(ctx, what)));
            }
        }
    }

    private static void book(WorkflowContext ctx, String what, Deque<String> booked) {
        ctx.step("book the " + what, () -> System.out.println("booked: " + what));
        booked.push(what);
    }

    private static void giveBack(WorkflowContext ctx, String what) {
        ctx.step("give back the " + what, () -> System.out.println("given back: " + what));
    }

    private static void awaitEnd(WorkflowHandle<String> trip) {
        try {
            System.out.println("paid with " + trip.result());
        } catch (CancelledWorkflowException e) {
            System.out.println("the trip is " + e.status());
        }
    }
}
