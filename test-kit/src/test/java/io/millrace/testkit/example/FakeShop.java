package io.millrace.testkit.example;

import io.millrace.testkit.example.CheckoutWorkflow.CardDeclined;
import io.millrace.testkit.example.CheckoutWorkflow.Order;
import java.util.ArrayList;
import java.util.List;

/** A shop that notes what is asked of it, and does what the test wants on top. */
final class FakeShop implements CheckoutWorkflow.Shop {
    final List<String> calls = new ArrayList<>();
    final List<String> paymentKeys = new ArrayList<>();
    Charging charging = () -> {};
    Runnable shipping = () -> {};

    interface Charging {
        void run() throws CardDeclined;
    }

    @Override
    public String charge(Order order, String idempotencyKey) throws CardDeclined {
        calls.add("charge");
        paymentKeys.add(idempotencyKey);
        charging.run();
        return "payment of " + order.cents();
    }

    @Override
    public void announce(Order order) {
        calls.add("announce");
    }

    @Override
    public String pack(Order order) {
        calls.add("pack");
        return "parcel with " + order.item();
    }

    @Override
    public void ship(String parcel) {
        calls.add("ship");
        shipping.run();
    }

    @Override
    public void askForReview(Order order) {
        calls.add("ask for a review");
    }
}
