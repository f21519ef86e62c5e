package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.Namespace;
import io.millrace.standalone.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One Millrace that a test runs: starts its processes, and knows its queue, its effects and its gates.
 *
 * @param children where processes are started
 * @param bootstrapServers which Kafka
 * @param namespace which Millrace on it
 * @param queue the test's own queue, so that tests on one engine do not take one another's workflows
 * @param kafka further settings of Kafka's clients
 */
record Stage(Children children, String bootstrapServers, Namespace namespace, String queue, Map<String, String> kafka) {
    /** Until something that is bound to happen has happened, also on a machine that does other things. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Short, so that the tests are; long enough for a machine that pauses now and then. */
    static final Duration LEASE = Duration.ofSeconds(3);

    /** The queue that nobody has to declare. */
    static final String ALWAYS_THERE = "default";

    /** Without further settings; prints what is on record when the test fails. */
    Stage(Children children, String bootstrapServers, Namespace namespace, String queue) {
        this(children, bootstrapServers, namespace, queue, Map.of());
        children.whenFailed(() -> {
            System.out.println("--- the topic history");
            RecordedHistory.all(topics()).values().forEach(System.out::println);
        });
    }

    Effects effects() {
        return new Effects(children.directory());
    }

    Gates gates() {
        return new Gates(children.directory());
    }

    TopicContents topics() {
        return new TopicContents(namespace, bootstrapServers, kafka);
    }

    RecordedHistory history(String workflowId) {
        return RecordedHistory.of(workflowId, topics());
    }

    /** A client; the test's queue is there when this returns, also if no worker has declared it so far. */
    MillraceClient connect() {
        MillraceClient client = MillraceClient.builder()
                .namespace(namespace.name())
                .issuer("crash-test")
                .kafkaProperties(kafka)
                .connectTimeout(PATIENCE)
                .connect(bootstrapServers);
        if (!queue.equals(ALWAYS_THERE)) {
            await("the engine to know queue " + queue)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> client.setQueue(queue, QueueOptions.unlimited()) != null);
        }
        return client;
    }

    /** Starts a worker; returns at once. */
    ChildProcess startWorker(String name, Duration lease) {
        return startWorker(name, GatedWorkflow.TYPE, lease);
    }

    ChildProcess startWorker(String name, String workflowType, Duration lease) {
        return startWorker(name, List.of(queue), workflowType, lease);
    }

    ChildProcess startWorker(String name, List<String> queues, String workflowType, Duration lease) {
        return children.start(
                name,
                WorkerProgram.class,
                bootstrapServers,
                namespace.name(),
                String.join(",", queues),
                workflowType,
                Long.toString(lease.toMillis()),
                children.directory().toString());
    }

    /** Starts an engine as a process of its own; returns at once. A restarted one finds its stores. */
    ChildProcess startEngine(String name) {
        return children.start(
                name,
                Main.class,
                "engine",
                "--bootstrap-servers",
                bootstrapServers,
                "--namespace",
                namespace.name(),
                "--instance-id",
                name,
                "--replication-factor",
                "1",
                "--data",
                stateOf(name).toString());
    }

    /** Where an engine keeps its stores. */
    Path stateOf(String engine) {
        return children.directory().resolve(engine + ".state");
    }

    WorkflowHandle<Integer> start(MillraceClient client, String workflowId, GatedWorkflow.Input input) {
        return client.start(
                GatedWorkflow.TYPE,
                input,
                Integer.class,
                StartOptions.workflowId(workflowId).queue(queue));
    }

    /** Waits until a step has begun so many times; returns the process that began it last. */
    ChildProcess awaitStep(String workflowId, int seq, int times) {
        Effects effects = effects();
        List<Effects.Effect> begun = await("step " + seq + " of " + workflowId + " to begin")
                .atMost(PATIENCE)
                .until(() -> effects.of(workflowId, seq), found -> found.size() >= times);
        return children.ofPid(begun.get(begun.size() - 1).pid());
    }

    /** Waits until the engine has answered, whatever it was doing. */
    static void awaitAnswer(MillraceClient client) {
        await("the engine to answer")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.describe("nothing-of-the-kind").isEmpty());
    }

    /** Says how long something took: the goals are looked at, and not asserted on a machine of unknown speed. */
    static void report(String what, long sinceNanos) {
        System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - sinceNanos) / 1e9);
    }
}
