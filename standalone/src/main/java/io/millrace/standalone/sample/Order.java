package io.millrace.standalone.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link CheckoutWorkflow} is started with. All fields are optional, so that it can be tried without any.
 *
 * @param orderId the shop's number of the order
 * @param customer who buys
 * @param lines what is bought
 * @param failure what is to go wrong, to see how the workflow copes; by default nothing
 */
public record Order(
        @Nullable String orderId,
        @Nullable String customer,
        @Nullable List<OrderLine> lines,
        @Nullable Trouble failure) {

    /** What can go wrong with an order. */
    public enum Trouble {
        NONE,
        /** The payment provider does not answer at first: the charge is tried again. */
        PAYMENT_OUTAGE,
        /** The card is declined, for good: the stock is released, and the workflow fails. */
        CARD_DECLINED,
        /** There is no such address: the payment is refunded and the stock released, and the workflow fails. */
        UNKNOWN_ADDRESS
    }

    /**
     * One kind of goods in an order.
     *
     * @param sku which goods
     * @param quantity how many, at least 1
     * @param priceCents the price of one, in cents
     */
    public record OrderLine(String sku, int quantity, long priceCents) {
        /** Checks the bounds. */
        public OrderLine {
            if (quantity < 1 || priceCents < 0) {
                throw new IllegalArgumentException(
                        "order line " + sku + ": quantity must be at least 1 and priceCents not negative");
            }
        }
    }

    static final Order EXAMPLE = new Order(null, null, null, null);

    /** Fills in an example for what is not given. */
    public Order {
        orderId = orderId == null ? "order-1001" : orderId;
        customer = customer == null ? "Ada" : customer;
        lines = lines == null ? List.of(new OrderLine("mill-stone", 2, 14_900)) : List.copyOf(lines);
        failure = failure == null ? Trouble.NONE : failure;
    }

    long totalCents() {
        return lines.stream()
                .mapToLong(line -> line.quantity() * line.priceCents())
                .sum();
    }
}
