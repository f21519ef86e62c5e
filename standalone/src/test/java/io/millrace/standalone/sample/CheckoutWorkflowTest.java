package io.millrace.standalone.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.standalone.sample.Order.Trouble;
import io.millrace.worker.StepFailedException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckoutWorkflowTest {
    private final CheckoutWorkflow workflow = new CheckoutWorkflow(new ShopServices());
    private final JournalContext run = JournalContext.start("w");

    @Test
    void shouldCheckOutTheExampleWhenNoOrderIsGiven() {
        Receipt receipt = workflow.run(run, null);
        assertEquals(29_800, receipt.payment().amountCents());
        assertEquals(
                List.of(
                        "reserve stock #1",
                        "charge card #1",
                        "write invoice #1",
                        "print label #1",
                        "notify customer #1"),
                run.ran());
    }

    @Test
    void shouldChargeAgainWhenTheProviderDoesNotAnswer() {
        workflow.run(run, order(Trouble.PAYMENT_OUTAGE));
        assertEquals(
                List.of("charge card #1", "charge card #2", "charge card #3"),
                run.ran().subList(1, 4));
    }

    @Test
    void shouldReleaseTheStockWhenTheCardIsDeclined() {
        StepFailedException failure =
                assertThrows(StepFailedException.class, () -> workflow.run(run, order(Trouble.CARD_DECLINED)));
        assertEquals("charge card", failure.stepName());
        assertEquals(List.of("reserve stock #1", "charge card #1", "release stock #1"), run.ran());
    }

    @Test
    void shouldRefundAndReleaseWhenTheParcelCannotBeSent() {
        StepFailedException failure =
                assertThrows(StepFailedException.class, () -> workflow.run(run, order(Trouble.UNKNOWN_ADDRESS)));
        assertEquals("print label", failure.stepName());
        assertEquals(List.of("refund payment #1", "release stock #1"), run.ran().subList(4, 6));
    }

    private static Order order(Trouble trouble) {
        return new Order("o-1", "Ada", List.of(new Order.OrderLine("mill-stone", 1, 100)), trouble);
    }
}
