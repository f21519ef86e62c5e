package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Reports;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One slot, held by "a", for which "b" waits: what gives it back, and what does not. */
class QueueSlotsTest {
    private final QueuesUnderTest queues = new QueuesUnderTest();

    @BeforeEach
    void shouldGiveTheSlotToTheFirst() {
        queues.served().set(queue -> queue.setConcurrency(1));
        queues.startAll("a", "b");
        assertEquals(List.of("a"), queues.granted());
    }

    @AfterEach
    void close() {
        queues.close();
    }

    @Test
    void shouldGiveItBackAtEachEnd() {
        queues.report("a", Samples.failed(0));
        assertEquals(List.of("b"), queues.granted(), "it failed");
        queues.start("c");
        queues.command("b", Commands.terminate(queues.nextCommand()));
        assertEquals(List.of("c"), queues.granted(), "it was terminated");
        queues.start("d");
        queues.command("c", Commands.cancel(queues.nextCommand()));
        assertEquals(List.of(), queues.granted(), "its code may clean up");
        queues.report("c", Reports.surfaced(0, 1), Reports.cancelled(0));
        assertEquals(List.of("d"), queues.granted(), "it was cancelled");
    }

    @Test
    void shouldKeepItWhileItIsParked() {
        long dueAtMs = EngineUnderTest.BEGINNING.plusSeconds(5).toEpochMilli();
        queues.report("a", Samples.sleepStarted(1, dueAtMs), Samples.parked(1, dueAtMs));
        assertEquals(List.of(), queues.grantedSoon());
        assertEquals(1, queues.statistics().getSlotsHeld());
        queues.engine().advance(Duration.ofSeconds(5));
        assertEquals(List.of("a"), queues.granted());
        queues.report("a", Samples.completed(1));
        assertEquals(List.of("b"), queues.granted());
    }

    @Test
    void shouldKeepItWhileItIsPaused() {
        queues.command("a", Commands.pause(queues.nextCommand()));
        queues.report("a", Samples.released());
        assertEquals(List.of(), queues.grantedSoon());
        queues.command("a", Commands.unpause(queues.nextCommand()));
        assertEquals(List.of("a"), queues.granted());
        assertEquals(1, queues.statistics().getSlotsHeld());
    }

    @Test
    void shouldKeepItWhenItLosesItsWorker() {
        queues.engine().workerServes("w2", 5, QueuesUnderTest.QUEUE);
        queues.engine().letLeasesRunOut();
        assertEquals(List.of(), queues.granted(), "nobody is alive");
        assertEquals(1, queues.statistics().getSlotsHeld());
        queues.served();
        queues.engine().advance(Duration.ofSeconds(1));
        assertEquals(List.of("a"), queues.granted());
        assertEquals(2, queues.epochOf("a"));
        queues.complete("a");
        assertEquals(List.of("b"), queues.granted());
    }

    @Test
    void shouldHaveNoneWhileItIsPausedBeforeItsTurn() {
        queues.command("b", Commands.pause(queues.nextCommand()));
        queues.start("c");
        queues.complete("a");
        assertEquals(List.of("c"), queues.granted());
        queues.command("b", Commands.unpause(queues.nextCommand()));
        queues.complete("c");
        assertEquals(List.of("b"), queues.granted());
    }

    @Test
    void shouldForgetOneThatIsCancelledWhileItWaits() {
        queues.command("b", Commands.cancel(queues.nextCommand()));
        assertEquals(WorkflowStatus.CANCELLED, queues.state("b").getStatus());
        queues.complete("a");
        assertEquals(List.of(), queues.grantedSoon());
        assertEquals(0, queues.statistics().getSlotsHeld());
    }

    @Test
    void shouldWaitForOneAgainWhenItRunsAgain() {
        queues.report("a", Samples.stepCompleted(1), Samples.failed(1));
        assertEquals(List.of("b"), queues.granted());
        queues.command("a", Commands.resume(queues.nextCommand()));
        assertEquals(List.of(), queues.grantedSoon());
        queues.complete("b");
        assertEquals(List.of("a"), queues.granted());
        queues.report("a", Samples.completed(1));
        queues.command("a", Commands.rewind(queues.nextCommand(), 1));
        assertEquals(List.of("a"), queues.granted());
        assertEquals(1, queues.statistics().getSlotsHeld());
    }

    @Test
    void shouldWaitForOneAsAForkToo() {
        queues.report("a", Samples.stepCompleted(1));
        queues.command("a", Commands.fork(queues.nextCommand(), "copy", 2));
        queues.report("a", Samples.completed(1));
        assertEquals(List.of("b"), queues.granted());
        queues.complete("b");
        assertEquals(List.of("copy"), queues.granted());
    }

    @Test
    void shouldLetAllGoOnWhenTheLimitIsLiftedAndCountThemWhenItIsBack() {
        queues.startAll("c", "d");
        queues.set(queue -> {});
        assertEquals(List.of("b", "c", "d"), queues.grantedSoon());
        assertNull(queues.statistics().getSlotsHeld(), "nothing is counted");
        queues.set(queue -> queue.setConcurrency(2));
        queues.start("e");
        assertEquals(List.of(), queues.grantedSoon());
        assertEquals(4, queues.statistics().getSlotsHeld());
        for (String id : List.of("a", "b")) {
            queues.complete(id);
            assertEquals(List.of(), queues.granted());
        }
        queues.complete("c");
        assertEquals(List.of("e"), queues.granted());
    }

    @Test
    void shouldOfferWhatCameWhileThereWereNoLimits() {
        queues.complete("a");
        queues.granted();
        queues.complete("b");
        queues.set(queue -> {});
        queues.offersRoom(0);
        queues.startAll("c", "d");
        // Before anybody has looked whether there are limits.
        queues.set(queue -> queue.setConcurrency(1));
        queues.offersRoom(5);
        assertEquals(List.of("c"), queues.grantedSoon());
        queues.complete("c");
        assertEquals(List.of("d"), queues.granted());
    }

    @Test
    void shouldTakeARaisedLimitAtOnce() {
        queues.start("c");
        queues.set(queue -> queue.setConcurrency(3));
        assertEquals(List.of("b", "c"), queues.granted());
    }
}
