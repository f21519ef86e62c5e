package io.millrace.testkit.example;

import static io.millrace.testkit.example.CheckoutWorkflow.BEFORE_REVIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.StartOptions;
import io.millrace.client.StepDescription;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowStillOpenException;
import io.millrace.client.WorkflowTimedOutException;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.testkit.MillraceTestKit;
import io.millrace.testkit.example.CheckoutWorkflow.CardDeclined;
import io.millrace.testkit.example.CheckoutWorkflow.Order;
import io.millrace.testkit.example.CheckoutWorkflow.Receipt;
import io.millrace.worker.NonDeterministicWorkflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How to test a workflow. */
class CheckoutWorkflowTest {
    private static final Instant BEGINNING = Instant.parse("2026-03-01T00:00:00Z");
    private static final Order ORDER = new Order("lamp", 4_900);
    private static final Receipt RECEIPT = new Receipt("payment of 4900", "parcel with lamp", BEGINNING);

    private final FakeShop shop = new FakeShop();
    private final MillraceTestKit kit = MillraceTestKit.builder()
            .workflow("checkout", Order.class, new CheckoutWorkflow(shop))
            .startingAt(BEGINNING)
            .build();

    private WorkflowHandle<Receipt> start(StartOptions options) {
        return kit.client().start("checkout", ORDER, Receipt.class, options);
    }

    private WorkflowHandle<Receipt> start() {
        return start(StartOptions.workflowId("o-1"));
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldAskForAReviewAMonthLater() {
        WorkflowHandle<Receipt> checkout = start();
        assertEquals(List.of("charge", "pack", "announce", "ship"), shop.calls);

        kit.advance(BEFORE_REVIEW.minusMillis(1));
        assertEquals(WorkflowStatus.RUNNING, checkout.status());

        kit.advance(Duration.ofMillis(1));
        assertEquals(RECEIPT, checkout.result(), kit::report);
        assertEquals(List.of("charge", "pack", "announce", "ship", "ask for a review"), shop.calls);
    }

    @Test
    void shouldSayWhatAnOpenWorkflowWaitsFor() {
        WorkflowHandle<Receipt> checkout = start();

        String message =
                assertThrows(WorkflowStillOpenException.class, checkout::result).getMessage();
        assertTrue(message.contains("waits for the end of the sleep in step 5 at 2026-03-31T00:00:00Z"), message);
    }

    @Test
    void shouldTryAgainToCharge() {
        shop.charging = () -> {
            if (shop.paymentKeys.size() < 3) {
                throw new IllegalStateException("the bank is away");
            }
        };
        WorkflowHandle<Receipt> checkout = start();
        assertEquals(List.of("charge"), shop.calls);

        kit.advance(Duration.ofMinutes(1));
        assertEquals(3, kit.steps("o-1").get(0).attempts());
        assertEquals(1, Set.copyOf(shop.paymentKeys).size(), "one key for all attempts, else we charge twice");
        assertEquals(WorkflowStatus.RUNNING, checkout.status());
    }

    @Test
    void shouldNotTryAgainWhenTheCardIsDeclined() {
        shop.charging = () -> {
            throw new CardDeclined("no money");
        };
        WorkflowHandle<Receipt> checkout = start();

        WorkflowFailedException failed = assertThrows(WorkflowFailedException.class, checkout::result);
        assertTrue(failed.getMessage().contains("no money"), failed.getMessage());
        assertEquals(List.of("charge"), shop.calls);
    }

    @Test
    void shouldGoOnInAnotherWorkerWhereOneHasCrashed() {
        shop.shipping = () -> {
            shop.shipping = () -> {};
            kit.crashWorker();
        };
        WorkflowHandle<Receipt> checkout = start();
        kit.advance(Duration.ofSeconds(11)); // The lease of the worker that has crashed is 10 s.

        assertEquals(List.of("charge", "pack", "announce", "ship", "ship"), shop.calls, kit::report);
        assertEquals(1, checkout.describe().recoveryAttempts());

        kit.advance(BEFORE_REVIEW);
        assertEquals("payment of 4900", checkout.result().payment());
    }

    @Test
    void shouldFindCodeThatDoesNotFitTheRecord() {
        WorkflowHandle<Receipt> checkout = start();

        kit.deploy(worker -> worker.workflow("checkout", Order.class, (ctx, order) -> {
            ctx.uuid();
            ctx.step("reserve", () -> {});
            return ctx.step("charge", String.class, () -> shop.charge(order, "k"));
        }));
        kit.advance(BEFORE_REVIEW);

        WorkflowFailedException failed = assertThrows(WorkflowFailedException.class, checkout::result);
        assertEquals(
                NonDeterministicWorkflowException.class.getName(),
                failed.failure().orElseThrow().type());
        assertTrue(
                failed.getMessage()
                        .contains("at step 1 the record has step \"charge\", but the code came to step \"reserve\""),
                failed.getMessage());
    }

    @Test
    void shouldWaitForItsTime() {
        WorkflowHandle<Receipt> checkout = start(StartOptions.workflowId("o-1").delay(Duration.ofHours(8)));
        kit.advance(Duration.ofHours(8).minusMillis(1));
        assertEquals(WorkflowStatus.DELAYED, checkout.status());

        kit.advance(Duration.ofMillis(1));
        assertEquals(List.of("charge", "pack", "announce", "ship"), shop.calls);
    }

    @Test
    void shouldTimeOutWithoutAskingForAReview() {
        WorkflowHandle<Receipt> checkout = start(StartOptions.workflowId("o-1").timeout(Duration.ofDays(7)));
        kit.advance(Duration.ofDays(31));

        assertThrows(WorkflowTimedOutException.class, checkout::result);
        assertEquals(
                List.of("charge", "pack", "announce", "ship", "sleep"),
                kit.steps("o-1").stream().map(StepDescription::name).toList());
    }

    @Test
    void shouldNotChargeTwiceForOneOrder() {
        start();
        assertTrue(start().existing());
        assertEquals(1, shop.paymentKeys.size());
    }
}
