package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.EnqueuedDescription;
import io.millrace.client.EnqueuedQuery;
import io.millrace.client.MoveOptions;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.StartRejectedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.Limits;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In which order a queue lets its workflows begin, what it says about that, and who may change it. */
final class QueueOrderAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private QueueScene queue;
    private WorkflowHandle<String> first;

    /** A workflow that has the only slot, until its door is opened. */
    @BeforeEach
    void setTheScene() {
        queue = new QueueScene(scene);
        queue.limit(QueueOptions.unlimited().concurrency(1).priorities());
        queue.work("worker");
        first = queue.start("first");
        queue.stays().awaitBegun(1);
    }

    /** Lets all complete, and says in which order they began, the first one left out. */
    private List<String> orderOf(List<WorkflowHandle<String>> workflows) {
        queue.letComplete(first);
        queue.letAllComplete(workflows);
        return queue.stays().begun().subList(1, queue.stays().begun().size());
    }

    private WorkflowHandle<String> start(String name, int priority) {
        return queue.start(queue.options(name).priority(priority));
    }

    @Test
    void shouldLetThemBeginByPriorityAndThenByAge() {
        // given workflows of all partitions, enqueued in another order than that of their priorities
        List<Integer> priorities = List.of(50, Limits.MAX_PRIORITY, 1, 50, 1, Limits.DEFAULT_PRIORITY, 50, 1, 50, 1);
        List<WorkflowHandle<String>> workflows = new ArrayList<>();
        for (int priority : priorities) {
            workflows.add(start("waiting-" + workflows.size(), priority));
        }
        workflows.add(queue.start("of-no-priority"));
        List<String> expected = workflows.stream()
                .sorted(Comparator.comparingInt(
                        workflow -> workflow.describe().priority().orElse(Limits.DEFAULT_PRIORITY)))
                .map(WorkflowHandle::workflowId)
                .toList();
        // then they are listed in that order, with positions that go on over the pages
        List<EnqueuedDescription> listed = queue.enqueued(EnqueuedQuery.all().limit(3));
        assertEquals(
                expected,
                listed.stream().map(found -> found.workflow().workflowId()).toList());
        assertEquals(
                LongStream.rangeClosed(1, expected.size()).boxed().toList(),
                listed.stream().map(EnqueuedDescription::position).toList());
        assertEquals(1, listed.get(0).priority());
        // and begin in that order
        assertEquals(expected, orderOf(workflows));
    }

    @Test
    void shouldLetOneOvertakeThatIsGivenAnotherPriority() {
        // given three that wait
        List<WorkflowHandle<String>> waiting = queue.startAll("waiting-", 3);
        // when the last one gets a better priority and the first one a worse one
        waiting.get(2).setPriority(1);
        waiting.get(0).setPriority(Limits.DEFAULT_PRIORITY + 1);
        // then they are listed so, and begin so
        List<String> expected = List.of(
                waiting.get(2).workflowId(),
                waiting.get(1).workflowId(),
                waiting.get(0).workflowId());
        assertEquals(expected, queue.enqueued());
        assertEquals(OptionalInt.of(1), waiting.get(2).describe().priority());
        assertEquals(expected, orderOf(waiting));
    }

    @Test
    void shouldKeepItsPlaceAmongThoseOfItsPriority() {
        // given three that wait
        List<WorkflowHandle<String>> waiting = queue.startAll("waiting-", 3);
        // when the first one loses its priority and gets it again
        waiting.get(0).setPriority(500);
        waiting.get(0).setPriority(Limits.DEFAULT_PRIORITY);
        // then it is the first one again
        assertEquals(QueueScene.ids(waiting), orderOf(waiting));
    }

    @Test
    void shouldRefuseAPriorityWhereThereAreNone() {
        // given a queue without priorities, and a workflow that waits on it
        String plain = scene.otherQueue("plain");
        WorkflowHandle<String> waiting = queue.start(queue.options("waiting").queue(plain));
        // when one is started with a priority there, or given one, then that is refused with the queue's name
        StartOptions options = queue.options("refused").queue(plain).priority(1);
        StartRejectedException start = assertThrows(StartRejectedException.class, () -> queue.start(options));
        assertTrue(start.reason().contains(plain), start.reason());
        CommandRejectedException priority = assertThrows(CommandRejectedException.class, () -> waiting.setPriority(1));
        assertTrue(priority.reason().contains(plain), priority.reason());
    }

    @Test
    void shouldGoToTheEndOfItsPriorityWhereItIsMovedTo() {
        // given two that wait, and one that waits on another queue
        String other = scene.otherQueue("other");
        List<WorkflowHandle<String>> waiting = new ArrayList<>(queue.startAll("waiting-", 2));
        WorkflowHandle<String> moved = queue.start(queue.options("moved").queue(other));
        WorkflowHandle<String> urgent = queue.start(queue.options("urgent").queue(other));
        // when that one is moved to this queue, and another one with a priority
        moved.moveToQueue(scene.queue());
        urgent.moveToQueue(
                scene.queue(), MoveOptions.because("the customer is here").priority(1));
        // then it is the last, that one is the first, and the other queue is empty
        waiting.add(moved);
        waiting.add(0, urgent);
        assertEquals(QueueScene.ids(waiting), queue.enqueued());
        assertEquals(0, scene.client().queue(other).orElseThrow().depth());
        assertEquals(QueueScene.ids(waiting), orderOf(waiting));
    }

    @Test
    void shouldTakeOneAwayThatIsMovedToAQueueWithRoom() {
        // given one that waits for a slot
        WorkflowHandle<String> waiting = queue.start("waiting");
        queue.awaitNumbers(1, 1);
        // when it is moved to a queue with room, then it runs there, while the first one still has the slot here
        String roomy = scene.otherQueue("roomy");
        scene.start(queue.worker("roomy", queue.doors()::pass).queue(roomy));
        waiting.moveToQueue(roomy);
        queue.letComplete(waiting);
        assertEquals(roomy, waiting.describe().queue());
        queue.awaitNumbers(0, 1);
        assertFalse(first.describe().isClosed());
    }

    @Test
    void shouldNotMoveOneThatHasBegun() {
        // when one that runs is moved, then that is refused, and it stays where it is
        String other = scene.otherQueue("other");
        assertThrows(CommandRejectedException.class, () -> first.moveToQueue(other));
        assertEquals(scene.queue(), first.describe().queue());
    }

    @Test
    void shouldJoinTheQueueAtItsEndWhenItsDelayIsOver() {
        // given one with a delay, and one that was started after it
        WorkflowHandle<String> delayed = queue.start(queue.options("delayed").delay(Duration.ofSeconds(3)));
        WorkflowHandle<String> waiting = queue.start("waiting");
        assertEquals(WorkflowStatus.DELAYED, delayed.status());
        assertEquals(List.of(waiting.workflowId()), queue.enqueued());
        // when the time has come, then it is behind that one, and begins after it
        Scene.awaitStatus(delayed, WorkflowStatus.ENQUEUED);
        List<WorkflowHandle<String>> inOrder = List.of(waiting, delayed);
        assertEquals(QueueScene.ids(inOrder), queue.enqueued());
        assertEquals(QueueScene.ids(inOrder), orderOf(inOrder));
    }
}
