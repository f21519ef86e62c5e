package io.millrace.standalone.upgrade;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import io.millrace.standalone.crash.ChildProcess;
import io.millrace.standalone.crash.Children;
import io.millrace.standalone.crash.EngineCrashIT;
import io.millrace.standalone.crash.Registry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One process after the other is replaced while workflows run: engines and workers of both builds are there at the same time. That workers and engines read one
 * another is promised where both write with the same schemas, or where there is a registry; so there is one here if they do not.
 */
@EnabledIfSystemProperty(named = Build.CLASS_PATH, matches = ".+", disabledReason = Build.NOT_GIVEN)
final class RollingUpgradeIT {
    /** So long that nobody is taken for lost who is only slow: in this test, being replaced is no loss. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Enough that every partition has some. */
    private static final int WORKFLOWS = 6;

    /** The queues of the worker that is replaced in the end, and of the one that is of this build from the beginning. */
    private static final List<String> QUEUES = List.of("of-worker-before", "of-worker-of-this");

    private static final int STEP_AT_GATE = 2;

    @RegisterExtension
    final Children children = new Children();

    private EmbeddedBroker broker;
    private ServerInstallation millrace;

    @BeforeEach
    void startKafka() {
        broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
        Map<String, String> kafka =
                Build.haveSameSchemas() ? Map.of() : Map.of("schema.registry.url", new Registry(children).start());
        millrace = new ServerInstallation(children, broker.bootstrapServers(), kafka);
    }

    @AfterEach
    void stopKafka() {
        broker.close();
    }

    @Test
    void shouldLoseNothingWhileProcessesAreReplacedOneAfterTheOther() throws Exception {
        // given an engine of the build before, and a worker of each
        ChildProcess engineBefore = millrace.start(Build.BEFORE, "engine-before");
        millrace.declareQueues();
        QUEUES.forEach(queue -> millrace.api().put("/queues/" + queue, "{}").expected());
        ChildProcess workerBefore = startWorker(Build.BEFORE, "worker-before", QUEUES.get(0));
        startWorker(Build.THIS, "worker-of-this", QUEUES.get(1));
        beginOnEachQueue();
        runOnAllQueues("with-engine-before");

        // when an engine of this build comes in its place
        replaceEngine(engineBefore);

        // then what had begun ends with the workers that have it
        QUEUES.forEach(queue -> {
            Act.openGate().on(millrace, "running-" + queue);
            Act.message("approval").on(millrace, "waiting-" + queue);
        });
        awaitBegunHaveCompleted();
        runOnAllQueues("with-engine-of-this");

        // and when the worker is replaced in the middle of a step, its successor goes on
        start("handed-over", QUEUES.get(0), "step; gate; step");
        Act.awaitBegun(STEP_AT_GATE, 1).on(millrace, "handed-over");
        stop(workerBefore);
        startWorker(Build.THIS, "worker-after", QUEUES.get(0));
        Act.awaitBegun(STEP_AT_GATE, 2).on(millrace, "handed-over");
        Act.openGate().on(millrace, "handed-over");
        Act.awaitStatus("COMPLETED").on(millrace, "handed-over");
        runOnAllQueues("with-workers-of-this");
        TopicVerdict.check(millrace);
        assertNobodyWasLost();
    }

    /** Both at once where that is promised. An engine cannot read stores that were written with schemas it does not have, so else the one goes first. */
    private void replaceEngine(ChildProcess engineBefore) throws IOException {
        if (Build.haveSameSchemas()) {
            millrace.start(Build.THIS, "engine-of-this");
            EngineCrashIT.awaitShared(millrace.bootstrapServers(), millrace.namespace());
            runOnAllQueues("with-both");
            stop(engineBefore);
        } else {
            stop(engineBefore);
            millrace.start(Build.THIS, "engine-of-this");
        }
    }

    private ChildProcess startWorker(Build build, String name, String queue) {
        return millrace.startWorker(build, name, List.of(queue, Installation.ONE_AT_A_TIME), LEASE);
    }

    private static void stop(ChildProcess process) {
        process.terminate();
        await(process + " to end").atMost(Installation.PATIENCE).until(() -> !process.isAlive());
    }

    /** One in the middle of a step, and one that waits for a message. */
    private void beginOnEachQueue() {
        for (String queue : QUEUES) {
            start("running-" + queue, queue, "step; gate; uuid; step");
            start("waiting-" + queue, queue, "step; receive approval; step");
        }
        for (String queue : QUEUES) {
            Act.awaitBegun(STEP_AT_GATE, 1).on(millrace, "running-" + queue);
            Act.awaitFact("parked").on(millrace, "waiting-" + queue);
        }
    }

    private void awaitBegunHaveCompleted() {
        QUEUES.stream()
                .flatMap(queue -> Stream.of("running-" + queue, "waiting-" + queue))
                .forEach(workflowId -> Act.awaitStatus("COMPLETED").on(millrace, workflowId));
    }

    /** On the limited queue without children, which would need a slot beside their parent's. */
    private void runOnAllQueues(String prefix) {
        List<String> ids = IntStream.rangeClosed(1, WORKFLOWS)
                .mapToObj(n -> prefix + "-" + n)
                .toList();
        for (String id : ids) {
            QUEUES.forEach(queue ->
                    start(id + "-" + queue, queue, "step; value progress; child step; await; sleep PT1S; step"));
            start(id + "-limited", Installation.ONE_AT_A_TIME, "step; step");
        }
        for (String id : ids) {
            Stream.concat(QUEUES.stream(), Stream.of("limited"))
                    .forEach(queue -> Act.awaitStatus("COMPLETED").on(millrace, id + "-" + queue));
        }
    }

    private void start(String workflowId, String queue, String script) {
        Act.start(script, "\"queue\": \"" + queue + "\"").on(millrace, workflowId);
    }

    private void assertNobodyWasLost() {
        millrace.listed().forEach((workflowId, workflow) -> {
            assertEquals(0, workflow.path("recoveryAttempts").asInt(), workflow::toString);
            assertEquals("COMPLETED", workflow.path("status").asText(), workflow::toString);
        });
    }
}
