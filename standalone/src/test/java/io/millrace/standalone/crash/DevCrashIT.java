package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.standalone.Main;
import io.millrace.standalone.sample.SampleWorker;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code millrace dev}, killed as a whole: broker, engine, API and worker. */
final class DevCrashIT {
    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldGoOnWhereItWasAfterANewStartOnTheSameData() throws Exception {
        int apiPort = FreePorts.take(1).get(0);
        int kafkaPort = FreePorts.take(1).get(0);
        ApiProbe api = new ApiProbe("http://127.0.0.1:" + apiPort);
        ChildProcess first = startDev(apiPort, kafkaPort);
        api.awaitReady();
        api.start("""
                {"name": "demo.steps", "workflowId": "survivor", "input": {"steps": 5, "stepMillis": 1500}}
                """).expected();
        // The sample worker declares its queues when it starts, which may be after the API is ready.
        awaitLimitedQueue(api);
        // From here on it is in step 3 for as long as a step takes.
        await("step 2 to be on record")
                .atMost(Stage.PATIENCE)
                .until(() -> api.workflow("survivor").path("stepCount").asInt() == 2);
        first.kill();

        long restarted = System.nanoTime();
        startDev(apiPort, kafkaPort);
        api.awaitReady();
        Stage.report("ready again after kill -9 of everything", restarted);
        await("the workflow to complete")
                .atMost(Stage.PATIENCE)
                .until(() -> api.workflow("survivor").path("status").asText().equals("COMPLETED"));
        Stage.report("the workflow has completed", restarted);
        awaitLimitedQueue(api);

        TopicContents topics = new TopicContents(Namespace.DEFAULT, "127.0.0.1:" + kafkaPort);
        RecordedHistory history = RecordedHistory.of("survivor", topics);
        history.check();
        assertEquals(List.of(1, 2, 3, 4, 5), history.completedSteps());
        // What ran was reported: each step once, so none ran again whose report was on record.
        assertEquals(List.of(1, 2, 3, 4, 5), reportedSteps(topics));
    }

    private static void awaitLimitedQueue(ApiProbe api) {
        await("the sample worker's queue to be there")
                .atMost(Stage.PATIENCE)
                .until(() -> api.queue(SampleWorker.LIMITED_QUEUE)
                                .path("concurrency")
                                .asInt()
                        == 2);
    }

    private ChildProcess startDev(int apiPort, int kafkaPort) throws IOException {
        return children.start(
                "dev",
                Main.class,
                "dev",
                "--port",
                Integer.toString(apiPort),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--data",
                children.directory().resolve("data").toString());
    }

    private static List<Integer> reportedSteps(TopicContents topics) {
        return topics.read(Topic.EVENTS, WorkerEvent.class, "survivor").stream()
                .flatMap(event -> event.getFacts().stream())
                .map(WorkerFact::getStepCompleted)
                .filter(Objects::nonNull)
                .map(step -> step.getSeq())
                .toList();
    }
}
