package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.QueueOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.Worker;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What control commands do to workflows that wait for a slot, and who holds one and for how long. */
final class QueueControlAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private QueueScene queue;
    private Worker worker;
    private WorkflowHandle<String> holder;

    /** A workflow that has the only slot, until its door is opened. */
    @BeforeEach
    void setTheScene() {
        queue = new QueueScene(scene);
        queue.limit(QueueOptions.unlimited().concurrency(1));
        worker = queue.work("worker");
        holder = queue.start("holder");
        queue.stays().awaitBegun(1);
    }

    @Test
    void shouldNeverRunThoseThatAreCancelledOrTerminatedWhileTheyWait() {
        // given three that wait
        List<WorkflowHandle<String>> waiting = queue.startAll("waiting-", 3);
        // when one is cancelled and one is terminated
        assertEquals(WorkflowStatus.CANCELLED, waiting.get(0).cancel().status());
        assertEquals(WorkflowStatus.TERMINATED, waiting.get(1).terminate().status());
        // then the third is the next, and those never run
        assertEquals(List.of(waiting.get(2).workflowId()), queue.enqueued());
        queue.awaitNumbers(1, 1);
        queue.letComplete(holder);
        queue.letComplete(waiting.get(2));
        queue.awaitNumbers(0, 0);
        assertEquals(
                QueueScene.ids(List.of(holder, waiting.get(2))), queue.stays().begun());
    }

    @Test
    void shouldGiveItsSlotBackWhenItIsTerminated() {
        // given one that waits
        WorkflowHandle<String> next = queue.start("next");
        // when the holder is terminated, then the next one begins, whatever the holder's code does
        holder.terminate();
        queue.stays().awaitBegun(2);
        queue.letComplete(next);
    }

    @Test
    void shouldPassOverThoseThatArePausedWhileTheyWait() {
        // given two that wait, the first of them paused
        List<WorkflowHandle<String>> waiting = queue.startAll("waiting-", 2);
        assertEquals(WorkflowStatus.PAUSED, waiting.get(0).pause().status());
        assertEquals(List.of(waiting.get(1).workflowId()), queue.enqueued());
        // when the slot is free, then the second one has it
        queue.letComplete(holder);
        queue.stays().awaitBegun(2);
        assertEquals(waiting.get(1).workflowId(), queue.stays().begun().get(1));
        // when the first one is unpaused, then it waits for the slot and begins when it is free
        assertEquals(WorkflowStatus.ENQUEUED, waiting.get(0).unpause().status());
        queue.awaitNumbers(1, 1);
        queue.letComplete(waiting.get(1));
        queue.letComplete(waiting.get(0));
        assertEquals(1, queue.stays().mostAtOnce());
    }

    @Test
    void shouldKeepTheSlotOfOneThatIsPausedWhileItRuns() {
        // given one that waits, and a holder that is paused in the middle
        WorkflowHandle<String> next = queue.start("next");
        holder.pause();
        queue.doors().open(holder);
        Scene.awaitStatus(holder, WorkflowStatus.PAUSED);
        // then the slot is not free, until the holder has gone on and ended
        queue.awaitABystander();
        queue.awaitNumbers(1, 1);
        holder.unpause();
        holder.result(Scene.PATIENCE);
        queue.letComplete(next);
    }

    @Test
    void shouldRunOnePastTheLimitsThatIsResumed() {
        // given two that wait
        List<WorkflowHandle<String>> waiting = queue.startAll("waiting-", 2);
        // when the second one is resumed, then it runs at once, without a slot
        waiting.get(1).resume();
        queue.stays().awaitBegun(2);
        assertTrue(waiting.get(1).describe().expedited());
        queue.awaitNumbers(1, 1);
        // when it ends, then that is nobody's turn
        queue.letComplete(waiting.get(1));
        queue.awaitABystander();
        queue.awaitNumbers(1, 1);
        assertEquals(List.of(waiting.get(0).workflowId()), queue.enqueued());
        queue.letComplete(holder);
        queue.letComplete(waiting.get(0));
        assertEquals(2, queue.stays().mostAtOnce());
    }

    @Test
    void shouldWaitForASlotWhenItIsResumedRewoundOrForkedAfterItsEnd() {
        // given one that was cancelled while it waited, and one that has completed
        WorkflowHandle<String> cancelled = queue.start("cancelled");
        cancelled.cancel();
        WorkflowHandle<String> completed = holder;
        queue.letComplete(completed);
        WorkflowHandle<String> next = queue.start("next");
        queue.stays().awaitBegun(2);
        // when they are resumed, rewound and forked, then all three wait in this order
        assertEquals(WorkflowStatus.ENQUEUED, cancelled.resume().status());
        assertEquals(
                WorkflowStatus.ENQUEUED, completed.rewind(FromStep.number(1)).status());
        WorkflowHandle<String> fork = scene.workflow(
                completed.fork(ForkOptions.from(FromStep.number(1))).workflowId());
        queue.awaitNumbers(3, 1);
        queue.awaitABystander();
        assertEquals(2, queue.stays().begun().size());
        List<WorkflowHandle<String>> waiting = List.of(cancelled, completed, fork);
        assertEquals(QueueScene.ids(waiting), queue.enqueued());
        // when there is room, then they run one after the other
        queue.letComplete(next);
        queue.letAllComplete(waiting);
        assertEquals(1, queue.stays().mostAtOnce());
        assertEquals(5, queue.stays().begun().size());
    }

    @Test
    void shouldKeepTheSlotOfAWorkflowWhoseWorkerIsClosed() {
        // given one that waits, and a holder whose worker is closed
        WorkflowHandle<String> next = queue.start("next");
        worker.close();
        // then both wait, and the slot is held
        queue.awaitNumbers(2, 1);
        assertEquals(0, queue.now().running());
        // when another worker comes, then the holder goes first, and the other one after it
        queue.work("another");
        queue.stays().awaitBegun(2);
        queue.awaitNumbers(1, 1);
        assertEquals(holder.workflowId(), queue.stays().begun().get(1));
        queue.letComplete(holder);
        queue.letComplete(next);
        assertEquals(1, queue.stays().mostAtOnce());
    }

    @Test
    void shouldKeepTheSlotOfOneThatWaitsAndLetItGoOnFirst() {
        // given a queue with two workflows: one that waits for a message in the middle, and one behind it
        scene.start(queue.worker("waiters", queue.doors()::pass).workflow("waiter", String.class, (ctx, input) -> {
            ctx.step("before", () -> {});
            return ctx.receive("news", String.class);
        }));
        queue.letComplete(holder);
        WorkflowHandle<String> waiter = scene.start("waiter", "waiter", null);
        Scene.awaitFact(waiter, "parked");
        WorkflowHandle<String> next = queue.start("next");
        // then the slot is held, though no code runs
        queue.awaitABystander();
        queue.awaitNumbers(1, 1);
        assertEquals(0, queue.now().running());
        // when the message comes, then it goes on, and the next one begins when it has ended
        waiter.send("news", "here it is");
        assertEquals("here it is", waiter.result(Scene.PATIENCE));
        queue.letComplete(next);
    }

    @Test
    void shouldRunChildrenOnAnotherQueueWithLimits() {
        // given a parent on this queue whose children go to another one of one at once
        String children = scene.otherQueue("children");
        scene.client().setQueue(children, QueueOptions.unlimited().concurrency(1));
        scene.start(queue.worker("family", queue.doors()::pass)
                .queue(children)
                .workflow("parent", String.class, new ParentOfThree(children)));
        queue.letComplete(holder);
        queue.doors().openAll();
        // when it runs, then it has what its children return, and no two of them ran at once
        WorkflowHandle<String> parent = scene.start("parent", "parent", null);
        assertEquals("family+family+family", parent.result(Scene.PATIENCE));
        assertEquals(1, queue.stays().mostAtOnceOf(id -> id.startsWith(parent.workflowId())));
        assertEquals(0, scene.client().queue(children).orElseThrow().depth());
    }

    @Test
    void shouldNotBeBlockedByThoseThatNobodyCanRun() {
        // given a workflow of a type that no worker has, one of a version that none has, and one that the worker can
        // run
        WorkflowHandle<String> ofNoType = scene.start("of-no-type", "nobodys", null);
        WorkflowHandle<String> ofNoVersion =
                queue.start(queue.options("of-no-version").applicationVersion("v9"));
        WorkflowHandle<String> usual = queue.start("usual");
        // when there is a slot, then that one has it
        queue.letComplete(holder);
        queue.letComplete(usual);
        // and the others say what they wait for
        String type = ofNoType.describe().waitingFor().orElseThrow();
        assertTrue(type.contains("\"nobodys\"") && type.contains(scene.queue()), type);
        String version = ofNoVersion.describe().waitingFor().orElseThrow();
        assertTrue(version.contains("\"v9\""), version);
        // when a worker of that version comes, then the one of that version runs
        scene.start(queue.worker("v9", queue.doors()::pass).applicationVersion("v9"));
        queue.letComplete(ofNoVersion);
        assertFalse(ofNoType.describe().isClosed());
        queue.awaitNumbers(1, 0);
    }
}
