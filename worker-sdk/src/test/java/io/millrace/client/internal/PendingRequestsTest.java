package io.millrace.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
    private final PendingRequests<String> requests = new PendingRequests<>();

    @Test
    void shouldCompleteOnlyWhatWasAsked() {
        CompletableFuture<String> mine = requests.expect("mine");

        requests.complete("other", "no");
        requests.complete("mine", "yes");

        assertEquals("yes", mine.join());
    }

    @Test
    void shouldHoldNothingOnceARequestIsDone() {
        CompletableFuture<String> answered = requests.expect("answered");
        CompletableFuture<String> cancelled = requests.expect("cancelled");
        CompletableFuture<String> failed = requests.expect("failed");

        requests.complete("answered", "yes");
        cancelled.cancel(false);
        requests.fail("failed", new IllegalStateException("expected"));

        assertTrue(answered.isDone() && failed.isCompletedExceptionally());
        assertFalse(requests.isExpected("cancelled"));
        assertEquals(0, requests.size());
    }

    @Test
    void shouldAnswerEveryoneWhoWaitsForTheSameId() {
        CompletableFuture<String> first = requests.expect("twice");
        CompletableFuture<String> second = requests.expect("twice");

        requests.complete("twice", "yes");

        assertEquals("yes", first.getNow("nothing"));
        assertEquals("yes", second.getNow("nothing"));
        assertEquals(0, requests.size());
    }

    @Test
    void shouldGoOnWaitingForAnIdThatSomebodyElseHasGivenUp() {
        CompletableFuture<String> impatient = requests.expect("twice");
        CompletableFuture<String> patient = requests.expect("twice");

        impatient.cancel(false);
        requests.complete("twice", "yes");

        assertEquals("yes", patient.getNow("nothing"));
    }

    @Test
    void shouldWaitAnewWhenAskedAgainBeforeTheFirstWaitIsTidiedUp() {
        CompletableFuture<String> first = requests.expect("again");
        // What depends on a future runs in the reverse order: this comes before the first wait is forgotten.
        CompletableFuture<CompletableFuture<String>> again = first.thenApply(answer -> requests.expect("again"));

        requests.complete("again", "yes");
        requests.complete("again", "yes again");

        assertEquals("yes again", again.join().getNow("nothing"));
    }
}
