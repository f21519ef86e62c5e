package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.QueueDescription;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartRejectedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many workflows of a queue run at once, in all workers and in one, how many begin in a period, and what comes of changing that. */
final class QueueLimitAcceptanceIT {
    private static final String ONE = "one";
    private static final String TWO = "two";

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private QueueScene queue;

    @BeforeEach
    void setTheScene() {
        queue = new QueueScene(scene);
    }

    @Test
    void shouldNotRunMoreAtOnceThanTheConcurrencyInAllWorkersTogether() {
        // given a queue of three at once, two workers with room for many more, and ten workflows
        queue.limit(QueueOptions.unlimited().concurrency(3));
        queue.work(ONE);
        queue.work(TWO);
        List<WorkflowHandle<String>> workflows = queue.startAll("crowd-", 10);
        // then three begin, and the queue says why the others do not
        queue.stays().awaitBegun(3);
        queue.awaitNumbers(7, 3);
        QueueDescription full = queue.now();
        assertEquals(3, full.running());
        assertTrue(full.waitingFor().orElseThrow().contains("concurrency is 3"), full::toString);
        assertTrue(full.oldestAge().isPresent());
        // when they may end, then all are run, and there never were more than three
        queue.letAllComplete(workflows);
        assertEquals(3, queue.stays().mostAtOnce());
        assertEquals(10, queue.stays().begun().size());
        queue.awaitNumbers(0, 0);
    }

    @Test
    void shouldNotRunMoreAtOnceThanTheWorkerConcurrencyInOneWorker() {
        // given a queue of two at once in each worker, two workers with room for many more, and twelve workflows
        queue.limit(QueueOptions.unlimited().workerConcurrency(2));
        queue.work(ONE);
        queue.work(TWO);
        List<WorkflowHandle<String>> workflows = queue.startAll("crowd-", 12);
        // then two begin in each
        queue.stays().awaitBegun(4);
        queue.awaitNumbers(8, 4);
        assertEquals(2, queue.stays().begunIn(ONE));
        assertEquals(2, queue.stays().begunIn(TWO));
        // when they may end, then all are run, and there never were more than two in one
        queue.letAllComplete(workflows);
        assertEquals(2, queue.stays().mostAtOnceIn(ONE));
        assertEquals(2, queue.stays().mostAtOnceIn(TWO));
        assertEquals(12, queue.stays().begun().size());
    }

    @Test
    void shouldLetNoMoreBeginInAnyPeriodThanTheRateSays() {
        // given a queue on which ten may begin in a second, and fifty workflows
        int permits = 10;
        Duration period = Duration.ofSeconds(1);
        int periods = 5;
        queue.limit(QueueOptions.unlimited().rateLimit(permits, period));
        List<WorkflowHandle<String>> workflows = queue.startAll("many-", permits * periods);
        // when two workers come that could run all of them at once
        queue.doors().openAll();
        queue.work(ONE, 64, queue.doors()::pass);
        queue.work(TWO, 64, queue.doors()::pass);
        queue.letAllComplete(workflows);
        // then no period, wherever it begins, has more than ten beginnings
        queue.assertRate(workflows, permits, period);
        assertEquals(permits * periods, queue.stays().begun().size());
    }

    @Test
    void shouldFollowALimitThatIsRaisedAndLowered() {
        // given a queue of one at once, and six workflows
        queue.limit(QueueOptions.unlimited().concurrency(1));
        queue.work(ONE);
        List<WorkflowHandle<String>> workflows = queue.startAll("crowd-", 6);
        queue.awaitNumbers(5, 1);
        // when it is raised, then more begin
        queue.limit(QueueOptions.unlimited().concurrency(3));
        queue.stays().awaitBegun(3);
        queue.awaitNumbers(3, 3);
        // when it is lowered and two of the three end, then none begins, for there is no room
        queue.limit(QueueOptions.unlimited().concurrency(1));
        queue.letComplete(workflows.get(0));
        queue.letComplete(workflows.get(1));
        queue.awaitNumbers(3, 1);
        queue.awaitABystander();
        assertEquals(3, queue.stays().begun().size());
        // when the third one ends, then the next one begins
        queue.letComplete(workflows.get(2));
        queue.stays().awaitBegun(4);
        queue.awaitNumbers(2, 1);
        queue.letAllComplete(workflows);
    }

    @Test
    void shouldFollowLimitsThatAreTakenAwayAndGivenAgain() {
        // given a queue of none at once
        queue.limit(QueueOptions.unlimited().concurrency(0));
        queue.work(ONE);
        List<WorkflowHandle<String>> workflows = queue.startAll("crowd-", 4);
        queue.awaitABystander();
        assertEquals(List.of(), queue.stays().begun());
        // when the limits are taken away, then all begin, and nothing counts slots
        queue.limit(QueueOptions.unlimited());
        queue.stays().awaitBegun(4);
        assertEquals(OptionalLong.empty(), queue.now().slotsHeld());
        // when there is a limit again, then those that run count
        queue.limit(QueueOptions.unlimited().concurrency(4));
        WorkflowHandle<String> next = queue.start("next");
        queue.awaitNumbers(1, 4);
        queue.awaitABystander();
        assertEquals(4, queue.stays().begun().size());
        queue.letComplete(workflows.get(0));
        queue.stays().awaitBegun(5);
        queue.letComplete(next);
        queue.letAllComplete(workflows);
        assertEquals(4, queue.stays().mostAtOnce());
    }

    @Test
    void shouldRefuseAQueueThatNobodyHasDeclaredAndTakeItRightAfter() {
        // given a queue's name that nobody has declared
        String unheardOf = scene.id("unheard-of");
        // when a workflow is started on it, then that is refused with the name, and there is no such workflow
        StartRejectedException refused = assertThrows(
                StartRejectedException.class,
                () -> queue.start(queue.options("refused").queue(unheardOf)));
        assertTrue(refused.reason().contains(unheardOf), refused.reason());
        assertTrue(scene.client().describe(scene.id("refused")).isEmpty());
        assertTrue(scene.client().queue(unheardOf).isEmpty());
        // when it is declared, then a start is taken at once, by its limits
        scene.client()
                .setQueue(unheardOf, QueueOptions.unlimited().concurrency(1).priorities());
        WorkflowHandle<String> taken =
                queue.start(queue.options("taken").queue(unheardOf).priority(1));
        assertEquals(WorkflowStatus.ENQUEUED, taken.status());
        assertEquals(1, scene.client().queue(unheardOf).orElseThrow().depth());
    }

    @Test
    void shouldKeepTwoWorkersOfOneSlotBusyAllTheTime() {
        // given a queue with limits that do not matter, and ten workflows
        queue.limit(QueueOptions.unlimited().concurrency(100).priorities());
        List<WorkflowHandle<String>> workflows = queue.startAll("equal-", 10);
        // when two workers come that run one at a time
        queue.work(ONE, 1, queue.doors()::pass);
        queue.work(TWO, 1, queue.doors()::pass);
        for (int ended = 0; ended < workflows.size(); ended++) {
            // then both are at work as long as there is work for both, whichever has just ended one
            queue.stays().awaitBegun(Math.min(ended + 2, workflows.size()));
            String first = queue.stays().begun().get(ended);
            queue.letComplete(workflows.stream()
                    .filter(workflow -> workflow.workflowId().equals(first))
                    .findAny()
                    .orElseThrow());
        }
        // and each has done its half
        assertEquals(5, queue.stays().begunIn(ONE));
        assertEquals(5, queue.stays().begunIn(TWO));
        assertEquals(1, queue.stays().mostAtOnceIn(ONE));
        assertEquals(1, queue.stays().mostAtOnceIn(TWO));
    }
}
