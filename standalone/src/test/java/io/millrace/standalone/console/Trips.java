package io.millrace.standalone.console;

import io.millrace.standalone.acceptance.Gate;
import io.millrace.standalone.acceptance.Scene;
import io.millrace.worker.Child;
import io.millrace.worker.Promise;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepContext;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Workflows that have all there is to see on a workflow's page. A trip: a step that is tried three times, two steps at once that end when the
 * gate opens, a child with two steps, a sleep, a message that it waits for, and a last step. Names and errors look like markup.
 */
final class Trips {
    /** The workflow types. */
    static final String TRIP = "trip";

    static final String LEG = "leg";

    static final String CLEANUP = "cleanup";

    /** What the last step of a trip has. */
    static final int LAST_STEP = 7;

    static final String MARKUP = "<img src=x onerror=alert(1)>";

    private static final RetryPolicy THRICE = RetryPolicy.of(3).backoff(Duration.ofMillis(200), 1.0);

    private Trips() {}

    /** Starts a worker for all of them. */
    static void work(Scene scene, Gate gate) {
        scene.start(scene.worker()
                .workflow(TRIP, Object.class, (ctx, input) -> trip(ctx, gate))
                .workflow(LEG, Object.class, (ctx, input) -> leg(ctx))
                .workflow(CLEANUP, Object.class, (ctx, input) -> cleanup(ctx, gate)));
    }

    private static String trip(WorkflowContext ctx, Gate gate) {
        String quote = ctx.step("quote " + MARKUP, String.class, THRICE, Trips::quote);
        CyclicBarrier both = new CyclicBarrier(2);
        Promise<String> hotel = ctx.stepAsync("book the hotel", String.class, () -> bookedBeside("hotel", gate, both));
        Promise<String> car = ctx.stepAsync("book the car", String.class, () -> bookedBeside("car", gate, both));
        hotel.get();
        car.get();
        Child<String> leg = ctx.child(LEG, Map.of("to", "Lisbon"), String.class);
        leg.result();
        ctx.sleep(Duration.ofMillis(300));
        Optional<String> approval = ctx.receive("approval", String.class, Duration.ofHours(1));
        return ctx.step("send the itinerary", String.class, () -> quote + ", " + approval.orElse("not approved"));
    }

    private static String quote(StepContext step) {
        if (step.attempt() < 3) {
            throw new IllegalStateException("attempt " + step.attempt() + " failed: " + MARKUP);
        }
        return "quote";
    }

    private static String booked(String what, Gate gate) throws InterruptedException {
        gate.pass();
        return what;
    }

    /** Ends when the other has begun, and in another millisecond: only then do their times say that they ran side by side. */
    private static String bookedBeside(String what, Gate gate, CyclicBarrier both) throws InterruptedException {
        try {
            both.await(5, TimeUnit.SECONDS);
        } catch (TimeoutException | BrokenBarrierException e) {
            return booked(what, gate); // The other is on record from an earlier execution.
        }
        long bothBegunAtMs = System.currentTimeMillis();
        while (System.currentTimeMillis() <= bothBegunAtMs) {
            Thread.onSpinWait();
        }
        return booked(what, gate);
    }

    private static String leg(WorkflowContext ctx) {
        ctx.step("find a seat", String.class, () -> "12A");
        return ctx.step("pay <b>for it</b>", String.class, () -> "paid");
    }

    /** Waits until it is cancelled, and cleans up while the gate is shut. */
    private static String cleanup(WorkflowContext ctx, Gate gate) {
        ctx.step("reserve", String.class, () -> "reserved");
        try {
            ctx.sleep(Duration.ofHours(1));
            return "slept";
        } catch (WorkflowCancelledException e) {
            ctx.shielded(() -> {
                ctx.step("undo the reservation", String.class, () -> booked("undone", gate));
            });
            throw e;
        }
    }
}
