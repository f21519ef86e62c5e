package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;

import io.millrace.client.HistoryEvent;
import io.millrace.client.MillraceClient;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.StepDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What one test plays with: a queue and ids that are its own, its workers and its gates. When the test fails, it prints the histories. */
public final class Scene implements BeforeEachCallback, AfterEachCallback {
    /** Until something that is bound to happen has happened, also on a machine that does other things. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private static final AtomicInteger SCENES = new AtomicInteger();

    private final SharedMillrace millrace;
    private final int number = SCENES.incrementAndGet();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final List<Doors> doors = new ArrayList<>();
    private final List<String> started = new ArrayList<>();

    public Scene(SharedMillrace millrace) {
        this.millrace = millrace;
    }

    /** Whoever starts before its worker does needs a queue that is there. */
    @Override
    public void beforeEach(ExtensionContext context) {
        client().setQueue(queue(), QueueOptions.unlimited());
    }

    public MillraceClient client() {
        return millrace.client();
    }

    RawTopics topics() {
        return new RawTopics(millrace);
    }

    /** An id that no other test has. */
    public String id(String name) {
        return name + "-" + number;
    }

    /** Ids of workflows that one partition of the engine has, and so of one order. */
    public List<String> idsOfOnePartition(String name, int count) {
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> id(name + n))
                .filter(id -> KeyPartition.of(id, SharedMillrace.PARTITIONS) == 0)
                .limit(count)
                .toList();
    }

    /** The queue that only this test's workers take from. */
    public String queue() {
        return "queue-" + number;
    }

    /** Another queue, which nobody takes from unless the test sees to it. */
    public String otherQueue(String name) {
        String other = id(name);
        client().setQueue(other, QueueOptions.unlimited());
        return other;
    }

    /** Doors that are opened at the latest when the test is over. */
    public Doors doors() {
        Doors made = new Doors();
        doors.add(made);
        return made;
    }

    /** A gate that is opened at the latest when the test is over. */
    public Gate gate() {
        Gate gate = new Gate();
        gates.add(gate);
        return gate;
    }

    /** A worker for the scene's queue, to be completed and given to {@link #start(WorkerBuilder)}. */
    public WorkerBuilder worker() {
        return Worker.builder(millrace.bootstrapServers())
                .namespace(millrace.namespace().name())
                .queue(queue())
                .slots(16)
                .eagerSlots(0)
                .shutdownGrace(Duration.ofMillis(300));
    }

    /** Starts a worker; it is closed when the test is over. */
    public Worker start(WorkerBuilder builder) {
        Worker worker = builder.build();
        workers.add(worker);
        worker.start();
        return worker;
    }

    /** Starts a worker of one workflow type. */
    public <I extends @Nullable Object> Worker work(String type, Class<I> inputType, Workflow<I, ?> workflow) {
        return start(worker().workflow(type, inputType, workflow));
    }

    /** Starts a worker of {@link SteppedWorkflow#TYPE}. */
    public Worker work(SteppedWorkflow workflow) {
        return work(SteppedWorkflow.TYPE, Integer.class, workflow);
    }

    /** How to start a workflow of this name, on the scene's queue. */
    public StartOptions options(String name) {
        return StartOptions.workflowId(id(name)).queue(queue());
    }

    public WorkflowHandle<String> start(String name, String type, @Nullable Object input) {
        return start(options(name), type, input);
    }

    public WorkflowHandle<String> start(StartOptions options, String type, @Nullable Object input) {
        WorkflowHandle<String> handle = client().start(type, input, String.class, options);
        started.add(handle.workflowId());
        return handle;
    }

    /** Starts a {@link SteppedWorkflow}. */
    public WorkflowHandle<String> startSteps(String name, int steps) {
        return start(name, SteppedWorkflow.TYPE, steps);
    }

    /** A workflow that was started otherwise. */
    public WorkflowHandle<String> workflow(String workflowId) {
        started.add(workflowId);
        return client().workflow(workflowId, String.class);
    }

    /** The only child that a workflow has started in this step. */
    public WorkflowHandle<String> child(WorkflowHandle<?> parent, int step) {
        return workflow(parent.workflowId() + "/" + step);
    }

    /** Waits until a workflow that was started later than all others has come through: the workers had time for whatever they could do. */
    public void awaitABystander(String name) {
        startSteps(name, 0).result(PATIENCE);
    }

    public List<StepDescription> steps(WorkflowHandle<?> workflow) {
        return client().steps(workflow.workflowId()).toList();
    }

    public static void awaitStatus(WorkflowHandle<?> workflow, WorkflowStatus status) {
        await(workflow + " to be " + status)
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> workflow.status() == status);
    }

    /** Waits until the workflow is there, which somebody else starts. */
    public void awaitExists(WorkflowHandle<?> workflow) {
        await(workflow + " to exist")
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> client().describe(workflow.workflowId()).isPresent());
    }

    /** Waits until a fact of this type is on record. */
    public static void awaitFact(WorkflowHandle<?> workflow, String type) {
        await("\"" + type + "\" of " + workflow)
                .atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> factTypes(workflow).contains(type));
    }

    /** The types of all facts, in order. */
    public static List<String> factTypes(WorkflowHandle<?> workflow) {
        return workflow.history().map(HistoryEvent::type).toList();
    }

    /** All facts of a type, in order. */
    public static List<HistoryEvent> facts(WorkflowHandle<?> workflow, String type) {
        return workflow.history().filter(event -> event.type().equals(type)).toList();
    }

    /** The only fact of a type. */
    public static HistoryEvent fact(WorkflowHandle<?> workflow, String type) {
        List<HistoryEvent> found = facts(workflow, type);
        if (found.size() != 1) {
            throw new AssertionError("of type " + type + ", " + workflow + " has " + found);
        }
        return found.get(0);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            if (context.getExecutionException().isPresent()) {
                started.stream().distinct().forEach(this::print);
            }
        } finally {
            gates.forEach(Gate::open);
            doors.forEach(Doors::openAll);
            workers.forEach(Worker::close);
        }
    }

    private void print(String workflowId) {
        System.out.println("--- " + client().describe(workflowId));
        if (client().describe(workflowId).isPresent()) {
            client().workflow(workflowId, String.class).history().forEach(System.out::println);
        }
    }
}
