package io.millrace.standalone.sample;

import io.millrace.standalone.sample.Receipt.Invoice;
import io.millrace.standalone.sample.Receipt.ParcelLabel;
import io.millrace.standalone.sample.Receipt.Payment;
import io.millrace.standalone.sample.Receipt.Reservation;
import io.millrace.worker.Promise;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepFailedException;
import io.millrace.worker.Workflow;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code demo.checkout}: puts goods aside, takes the money, writes invoice and label at the same time, waits for the courier
 * and tells the customer. When a step fails for good, or the workflow is cancelled, what was done before is undone.
 */
public final class CheckoutWorkflow implements Workflow<@Nullable Order, Receipt> {
    /** The workflow type. */
    public static final String TYPE = "demo.checkout";

    private static final Duration COURIER = Duration.ofSeconds(3);

    private static final RetryPolicy CHARGE =
            RetryPolicy.of(5).backoff(Duration.ofMillis(200), 2.0).doNotRetry(ShopServices.CardDeclinedException.class);

    private static final RetryPolicy LABEL = RetryPolicy.DEFAULT.doNotRetry(ShopServices.UnknownAddressException.class);

    private final ShopServices shop;

    CheckoutWorkflow(ShopServices shop) {
        this.shop = shop;
    }

    @Override
    public Receipt run(WorkflowContext ctx, @Nullable Order given) {
        Order order = given == null ? Order.EXAMPLE : given;
        Compensations undo = new Compensations(ctx);
        try {
            return checkOut(ctx, order, undo);
        } catch (StepFailedException | WorkflowCancelledException e) {
            ctx.logger().warn("{} is called off: {}", order.orderId(), e.getMessage());
            // Shielded also after a failure: a cancel that comes while this runs must not leave half of it undone.
            ctx.shielded(undo::run);
            throw e;
        }
    }

    private Receipt checkOut(WorkflowContext ctx, Order order, Compensations undo) {
        Reservation reservation = ctx.step("reserve stock", Reservation.class, step -> shop.reserveStock(order, step));
        undo.add("release stock", () -> shop.releaseStock(reservation));

        Payment payment = ctx.step("charge card", Payment.class, CHARGE, step -> shop.charge(order, step));
        undo.add("refund payment", () -> shop.refund(payment));

        Promise<Invoice> invoice =
                ctx.stepAsync("write invoice", Invoice.class, step -> shop.writeInvoice(order, step));
        Promise<ParcelLabel> label =
                ctx.stepAsync("print label", ParcelLabel.class, LABEL, step -> shop.printLabel(order, step));
        Receipt receipt = new Receipt(order.orderId(), reservation, payment, invoice.get(), label.get());

        ctx.sleep(COURIER);
        ctx.step("notify customer", () -> shop.notifyCustomer(order, receipt.label()));
        return receipt;
    }
}
