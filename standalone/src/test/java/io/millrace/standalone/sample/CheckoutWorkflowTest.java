package io.millrace.standalone.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.StartOptions;
import io.millrace.client.StepDescription;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.standalone.sample.Order.Trouble;
import io.millrace.testkit.MillraceTestKit;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CheckoutWorkflowTest {
    private static final Duration BEFORE_THE_COURIER = Duration.ofSeconds(1);

    private final MillraceTestKit kit = MillraceTestKit.builder()
            .workflow("checkout", Order.class, new CheckoutWorkflow(new ShopServices()))
            .build();

    @AfterEach
    void closeKit() {
        kit.close();
    }

    @Test
    void shouldCheckOutTheExampleWhenNoOrderIsGiven() {
        Receipt receipt = checkout(null).result();
        assertEquals(29_800, receipt.payment().amountCents());
        assertEquals(
                List.of("reserve stock", "charge card", "write invoice", "print label", "sleep", "notify customer"),
                steps());
    }

    @Test
    void shouldChargeAgainWhenTheProviderDoesNotAnswer() {
        checkout(order(Trouble.PAYMENT_OUTAGE)).result();
        StepDescription charge = kit.steps("w").get(1);
        assertEquals("charge card", charge.name());
        assertEquals(3, charge.attempts());
    }

    @Test
    void shouldReleaseTheStockWhenTheCardIsDeclined() {
        WorkflowHandle<Receipt> declined = checkout(order(Trouble.CARD_DECLINED));
        assertThrows(WorkflowFailedException.class, declined::result);
        assertEquals(List.of("reserve stock", "charge card", "release stock"), steps());
    }

    @Test
    void shouldRefundAndReleaseWhenTheParcelCannotBeSent() {
        WorkflowHandle<Receipt> returned = checkout(order(Trouble.UNKNOWN_ADDRESS));
        assertThrows(WorkflowFailedException.class, returned::result);
        assertEquals(List.of("refund payment", "release stock"), steps().subList(steps().size() - 2, steps().size()));
    }

    @Test
    void shouldRefundAndReleaseWhenItIsCancelledBeforeTheCourierHasCome() {
        WorkflowHandle<Receipt> withdrawn =
                kit.client().start("checkout", order(Trouble.NONE), Receipt.class, StartOptions.workflowId("w"));
        kit.advance(BEFORE_THE_COURIER);

        withdrawn.cancel(StopOptions.because("the customer has changed their mind"));

        assertThrows(CancelledWorkflowException.class, withdrawn::result);
        assertEquals(
                List.of(
                        "reserve stock COMPLETED",
                        "charge card COMPLETED",
                        "write invoice COMPLETED",
                        "print label COMPLETED",
                        "sleep CANCELLED",
                        "refund payment COMPLETED",
                        "release stock COMPLETED"),
                kit.steps("w").stream()
                        .map(step -> step.name() + " " + step.status())
                        .toList());
    }

    private WorkflowHandle<Receipt> checkout(@Nullable Order order) {
        WorkflowHandle<Receipt> handle =
                kit.client().start("checkout", order, Receipt.class, StartOptions.workflowId("w"));
        kit.advance(Duration.ofMinutes(1));
        return handle;
    }

    private List<String> steps() {
        return kit.steps("w").stream().map(StepDescription::name).toList();
    }

    private static Order order(Trouble trouble) {
        return new Order("o-1", "Ada", List.of(new Order.OrderLine("mill-stone", 1, 100)), trouble);
    }
}
