package io.millrace.testkit.example;

import io.millrace.worker.Promise;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.time.Instant;

/** Charges, packs and announces beside each other, ships, and asks for a review a month later. */
final class CheckoutWorkflow implements Workflow<CheckoutWorkflow.Order, CheckoutWorkflow.Receipt> {
    static final RetryPolicy CHARGING =
            RetryPolicy.of(5).backoff(Duration.ofSeconds(10), 2.0).doNotRetry(CardDeclined.class);
    static final Duration BEFORE_REVIEW = Duration.ofDays(30);

    private final Shop shop;

    CheckoutWorkflow(Shop shop) {
        this.shop = shop;
    }

    record Order(String item, int cents) {}

    record Receipt(String payment, String parcel, Instant at) {}

    /** What the workflow needs of the world. */
    interface Shop {
        String charge(Order order, String idempotencyKey) throws CardDeclined;

        void announce(Order order);

        String pack(Order order);

        void ship(String parcel);

        void askForReview(Order order);
    }

    static final class CardDeclined extends Exception {
        private static final long serialVersionUID = 1L;

        CardDeclined(String message) {
            super(message);
        }
    }

    @Override
    public Receipt run(WorkflowContext ctx, Order order) {
        String key = ctx.uuid().toString();
        String payment = ctx.step("charge", String.class, CHARGING, () -> shop.charge(order, key));
        Promise<String> packing = ctx.stepAsync("pack", String.class, () -> shop.pack(order));
        ctx.stepAsync("announce", () -> shop.announce(order));
        String parcel = packing.get();
        ctx.step("ship", () -> shop.ship(parcel));
        Receipt receipt = new Receipt(payment, parcel, ctx.now());
        ctx.sleep(BEFORE_REVIEW);
        ctx.step("ask for a review", () -> shop.askForReview(order));
        return receipt;
    }
}
