package io.millrace.standalone.sample;

import io.millrace.standalone.sample.Receipt.Invoice;
import io.millrace.standalone.sample.Receipt.ParcelLabel;
import io.millrace.standalone.sample.Receipt.Payment;
import io.millrace.standalone.sample.Receipt.Reservation;
import io.millrace.worker.StepContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stand-ins for the services that a shop calls, each as slow as a call over the network. They take an idempotency key where
 * real ones should: a step may run more than once.
 */
final class ShopServices {
    /** The bank said no, and would say no again. */
    static final class CardDeclinedException extends Exception {
        CardDeclinedException(String message) {
            super(message);
        }
    }

    /** No parcel can be sent there, however often it is tried. */
    static final class UnknownAddressException extends Exception {
        UnknownAddressException(String message) {
            super(message);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ShopServices.class);
    private static final Duration CALL = Duration.ofMillis(80);
    private static final Duration HELD = Duration.ofMinutes(15);

    /** With {@link Order.Trouble#PAYMENT_OUTAGE} this many attempts fail. */
    private static final int OUTAGE_ATTEMPTS = 2;

    Reservation reserveStock(Order order, StepContext step) throws InterruptedException {
        call("reserve stock for {}", order.orderId());
        return new Reservation("res-" + token(step), Instant.now().plus(HELD));
    }

    void releaseStock(Reservation reservation) throws InterruptedException {
        call("release {}", reservation.reservationId());
    }

    Payment charge(Order order, StepContext step) throws InterruptedException, IOException, CardDeclinedException {
        call("charge {}", order.customer());
        if (order.failure() == Order.Trouble.CARD_DECLINED) {
            throw new CardDeclinedException("the bank declined the card of " + order.customer());
        }
        if (order.failure() == Order.Trouble.PAYMENT_OUTAGE && step.attempt() <= OUTAGE_ATTEMPTS) {
            throw new IOException("the payment provider does not answer (attempt " + step.attempt() + ")");
        }
        return new Payment("pay-" + token(step), order.totalCents());
    }

    void refund(Payment payment) throws InterruptedException {
        call("refund {}", payment.paymentId());
    }

    Invoice writeInvoice(Order order, StepContext step) throws InterruptedException {
        call("write the invoice of {}", order.orderId());
        return new Invoice("inv-" + token(step), order.totalCents());
    }

    ParcelLabel printLabel(Order order, StepContext step) throws InterruptedException, UnknownAddressException {
        call("print the label of {}", order.orderId());
        if (order.failure() == Order.Trouble.UNKNOWN_ADDRESS) {
            throw new UnknownAddressException("there is no such address for " + order.customer());
        }
        return new ParcelLabel("parcel-" + token(step));
    }

    void notifyCustomer(Order order, ParcelLabel label) throws InterruptedException {
        call("tell {} about the parcel", order.customer() + " (" + label.trackingNumber() + ")");
    }

    private static void call(String what, Object about) throws InterruptedException {
        LOG.info(what, about);
        Thread.sleep(CALL.toMillis());
    }

    /** The same key makes the same token, as a service that recognises repeated requests would. */
    private static String token(StepContext step) {
        return Integer.toUnsignedString(step.idempotencyKey().hashCode(), Character.MAX_RADIX);
    }
}
