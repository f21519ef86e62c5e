package io.millrace.standalone.sample;

import java.time.Instant;

/**
 * What {@link CheckoutWorkflow} returns, and what its steps return on the way.
 *
 * @param orderId the shop's number of the order
 * @param reservation the goods put aside
 * @param payment the money taken
 * @param invoice the invoice written
 * @param label the parcel's label
 */
public record Receipt(String orderId, Reservation reservation, Payment payment, Invoice invoice, ParcelLabel label) {
    /** Goods that are put aside for an order. */
    public record Reservation(String reservationId, Instant heldUntil) {}

    /** Money that was taken. */
    public record Payment(String paymentId, long amountCents) {}

    /** An invoice. */
    public record Invoice(String number, long amountCents) {}

    /** What is stuck on the parcel. */
    public record ParcelLabel(String trackingNumber) {}
}
