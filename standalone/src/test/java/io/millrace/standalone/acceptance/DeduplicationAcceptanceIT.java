package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.StartOptions;
import io.millrace.client.StartRejectedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of the open workflows of a queue one has a deduplication id. */
final class DeduplicationAcceptanceIT {
    private static final String DAILY = "the report of today";

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final AtomicBoolean broken = new AtomicBoolean();
    private QueueScene queue;
    private WorkflowHandle<String> holder;

    @BeforeEach
    void setTheScene() {
        queue = new QueueScene(scene);
        queue.work("worker", 16, id -> {
            queue.doors().pass(id);
            if (broken.get()) {
                throw new IllegalStateException("the printer is on fire");
            }
        });
        holder = queue.start(daily("holder"));
        queue.stays().awaitBegun(1);
    }

    private StartOptions daily(String name) {
        return queue.options(name).deduplicationId(DAILY);
    }

    private void assertIsHeldBy(WorkflowHandle<String> expected) {
        StartRejectedException refused =
                assertThrows(StartRejectedException.class, () -> queue.start(daily("refused")));
        assertEquals(Optional.of(expected.workflowId()), refused.holder());
        assertTrue(refused.reason().contains(expected.workflowId()), refused.reason());
        assertTrue(scene.client().describe(scene.id("refused")).isEmpty());
    }

    private void assertIsFree() {
        WorkflowHandle<String> another = queue.start(daily("another"));
        assertFalse(another.existing());
        assertEquals(Optional.of(DAILY), another.describe().deduplicationId());
        assertIsHeldBy(another);
    }

    @Test
    void shouldRefuseAnotherStartAndNameTheHolder() {
        assertIsHeldBy(holder);
    }

    @Test
    void shouldAnswerWithTheHolderWhereThatIsWanted() {
        // when another workflow is started under the id, and the one that there is would do
        WorkflowHandle<String> found =
                queue.start(queue.options("another").deduplicationId(DAILY, DeduplicationPolicy.RETURN_EXISTING));
        // then the handle is of that one
        assertEquals(holder.workflowId(), found.workflowId());
        assertTrue(found.existing());
        queue.letComplete(holder);
        assertEquals("worker", found.result(Scene.PATIENCE));
        assertTrue(scene.client().describe(scene.id("another")).isEmpty());
    }

    @Test
    void shouldTakeTheSameStartTwice() {
        WorkflowHandle<String> again = queue.start(daily("holder"));
        assertTrue(again.existing());
        assertEquals(holder.workflowId(), again.workflowId());
    }

    @Test
    void shouldBeFreeOnAnotherQueue() {
        WorkflowHandle<String> other = queue.start(daily("other").queue(scene.otherQueue("other-queue")));
        assertFalse(other.existing());
    }

    @Test
    void shouldBeFreeWhenTheHolderHasCompleted() {
        queue.letComplete(holder);
        assertIsFree();
    }

    @Test
    void shouldBeFreeWhenTheHolderWasCancelled() {
        holder.cancel();
        queue.doors().open(holder);
        Scene.awaitStatus(holder, WorkflowStatus.CANCELLED);
        assertIsFree();
    }

    @Test
    void shouldBeFreeWhenTheHolderHasFailed() {
        broken.set(true);
        queue.doors().open(holder);
        Scene.awaitStatus(holder, WorkflowStatus.FAILED);
        assertIsFree();
    }

    @Test
    void shouldBeNeededAgainByAHolderThatIsResumed() {
        // given a holder that was terminated, and another one that has the id since
        holder.terminate();
        WorkflowHandle<String> next = queue.start(daily("next"));
        // when the first one is resumed, then that is refused, and it stays as it was
        CommandRejectedException refused = assertThrows(CommandRejectedException.class, holder::resume);
        assertTrue(refused.reason().contains(next.workflowId()), refused.reason());
        assertEquals(WorkflowStatus.TERMINATED, holder.status());
        // when the other one has ended, then it is resumed, and has the id again
        queue.letComplete(next);
        holder.resume();
        assertIsHeldBy(holder);
        queue.letComplete(holder);
        assertIsFree();
    }

    @Test
    void shouldBeHeldByOneThatIsDelayed() {
        WorkflowHandle<String> delayed = queue.start(
                queue.options("delayed").deduplicationId("tomorrow's").delay(Duration.ofHours(1)));
        StartRejectedException refused = assertThrows(
                StartRejectedException.class,
                () -> queue.start(queue.options("another").deduplicationId("tomorrow's")));
        assertEquals(Optional.of(delayed.workflowId()), refused.holder());
    }
}
