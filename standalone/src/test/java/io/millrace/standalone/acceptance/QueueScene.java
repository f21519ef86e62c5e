package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.EnqueuedDescription;
import io.millrace.client.EnqueuedPage;
import io.millrace.client.EnqueuedQuery;
import io.millrace.client.QueueDescription;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A scene about its queue: workflows that stay until their doors are opened, and who of them was running when. */
final class QueueScene {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Scene scene;
    private final Stays stays = new Stays();
    private final Doors doors;
    private int bystanders;

    /** On a queue that has no limits so far. */
    QueueScene(Scene scene) {
        this.scene = scene;
        this.doors = scene.doors();
    }

    Stays stays() {
        return stays;
    }

    Doors doors() {
        return doors;
    }

    /** Sets the queue; what is started from now on is subject to it. */
    void limit(QueueOptions options) {
        scene.client().setQueue(scene.queue(), options);
    }

    /** A worker whose workflows stay until their doors are opened. */
    Worker work(String name) {
        return work(name, 16, doors::pass);
    }

    Worker work(String name, int slots, StayingWorkflow.Purpose purpose) {
        return scene.start(worker(name, purpose).slots(slots));
    }

    /** To be completed and given to {@link Scene#start(WorkerBuilder)}. */
    WorkerBuilder worker(String name, StayingWorkflow.Purpose purpose) {
        return scene.worker()
                .queue(aside(), QueueOptions.unlimited().concurrency(16))
                .workflow(StayingWorkflow.TYPE, String.class, new StayingWorkflow(stays, name, purpose))
                .workflow(SteppedWorkflow.TYPE, Integer.class, new SteppedWorkflow(new Ran()));
    }

    StartOptions options(String name) {
        return scene.options(name);
    }

    WorkflowHandle<String> start(String name) {
        return start(options(name));
    }

    WorkflowHandle<String> start(StartOptions options) {
        return scene.start(options, StayingWorkflow.TYPE, null);
    }

    /** Starts so many, one after the other. */
    List<WorkflowHandle<String>> startAll(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> start(name + n)).toList();
    }

    /** Opens all doors, and waits until these have completed. */
    void letAllComplete(List<WorkflowHandle<String>> workflows) {
        doors.openAll();
        workflows.forEach(workflow -> workflow.result(Scene.PATIENCE));
    }

    /** Opens the door of one, and waits until it has completed. */
    void letComplete(WorkflowHandle<String> workflow) {
        doors.open(workflow);
        workflow.result(Scene.PATIENCE);
    }

    static List<String> ids(List<WorkflowHandle<String>> workflows) {
        return workflows.stream().map(WorkflowHandle::workflowId).toList();
    }

    /** Checks that no period, wherever it begins, has more than so many beginnings, as the workflows' own code saw them by one clock. */
    void assertRate(List<WorkflowHandle<String>> workflows, int permits, Duration period) {
        List<Long> beginnings = stays.beginningsOf(Set.copyOf(ids(workflows)));
        for (int n = permits; n < beginnings.size(); n++) {
            Duration apart = Duration.ofNanos(beginnings.get(n) - beginnings.get(n - permits));
            assertTrue(apart.compareTo(period) >= 0, (permits + 1) + " began within " + apart);
        }
    }

    QueueDescription now() {
        return scene.client().queue(scene.queue()).orElseThrow();
    }

    /** Waits until so many wait on the queue, and so many hold a slot. */
    void awaitNumbers(long depth, long slotsHeld) {
        await("depth " + depth + " and " + slotsHeld + " slots held")
                .atMost(Scene.PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(this::now, now -> now.depth() == depth && now.slotsHeld().orElse(-1) == slotsHeld);
    }

    /** The ids of what waits, in order. */
    List<String> enqueued() {
        return enqueued(EnqueuedQuery.all()).stream()
                .map(found -> found.workflow().workflowId())
                .toList();
    }

    /** What waits, in order, from all pages. */
    List<EnqueuedDescription> enqueued(EnqueuedQuery query) {
        List<EnqueuedDescription> all = new ArrayList<>();
        EnqueuedPage page = scene.client().enqueued(scene.queue(), query);
        all.addAll(page.workflows());
        for (Optional<String> next = page.nextCursor(); next.isPresent(); next = page.nextCursor()) {
            page = scene.client().enqueued(scene.queue(), query.after(next.get()));
            all.addAll(page.workflows());
        }
        return all;
    }

    /**
     * Waits until a workflow that was started later than all others has come through, by another queue that is held at a home too: the engine
     * and the workers had time for whatever they could do.
     */
    void awaitABystander() {
        bystanders++;
        scene.start(scene.options("bystander-" + bystanders).queue(aside()), SteppedWorkflow.TYPE, 0)
                .result(Scene.PATIENCE);
    }

    private String aside() {
        return scene.id("aside");
    }
}
