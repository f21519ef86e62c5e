package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine whose disk is full. */
final class FullDiskCrashIT {
    /** Together more than the stores hold back in memory: 16 MB for each of four partitions. */
    private static final int WORKFLOWS = 60;

    private static final int STEPS = 4;
    private static final int BYTES = 400_000;

    private static final String WHAT_TO_DO = "make room on that disk";

    @RegisterExtension
    static final SharedServer BROKER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldEndWithAWordAndLoseNothing() throws Exception {
        Stage stage = BROKER.stageWithoutEngine(children, "full-disk");
        Path state = stage.stateOf("engine-1");
        Optional<SmallDisk> mounted = SmallDisk.mount(state);
        assumeTrue(mounted.isPresent(), "a file system cannot be mounted here: this needs root on Linux");
        try (SmallDisk disk = mounted.get()) {
            ChildProcess full = stage.startEngine("engine-1");
            stage.startWorker("worker", Stage.LEASE);
            try (MillraceClient client = stage.connect()) {
                Stage.awaitAnswer(client);
                disk.fill();
                List<CompletableFuture<Integer>> results = new ArrayList<>();
                for (int n = 0; n < WORKFLOWS; n++) {
                    results.add(start(client, "large-" + n));
                }
                awaitEndWithAWord(full, 0);
                long before = Files.size(full.log());
                awaitEndWithAWord(stage.startEngine("engine-1"), before);

                stage.startEngine("engine-2");
                for (CompletableFuture<Integer> result : results) {
                    assertEquals(STEPS, result.get(Stage.PATIENCE.toSeconds(), TimeUnit.SECONDS));
                }
                Map<String, RecordedHistory> histories = RecordedHistory.all(stage.topics());
                assertEquals(WORKFLOWS, histories.size());
                histories.values().forEach(RecordedHistory::check);

                disk.free();
                ChildProcess roomy = stage.startEngine("engine-1");
                EngineCrashIT.awaitShared(stage);
                assertTrue(roomy.isAlive());
            }
        }
    }

    private static CompletableFuture<Integer> start(MillraceClient client, String workflowId) {
        GatedWorkflow.Input input = GatedWorkflow.Input.steps(STEPS).returning(BYTES);
        return Insistence.insist(() -> client.startAsync(
                        GatedWorkflow.TYPE, input, Integer.class, StartOptions.workflowId(workflowId)))
                .thenCompose(workflow -> Insistence.insist(workflow::resultAsync));
    }

    /** By itself, and it says in its log what to do. */
    private static void awaitEndWithAWord(ChildProcess engine, long logFrom) throws IOException {
        await(engine + " to end").atMost(Stage.PATIENCE).until(() -> !engine.isAlive());
        String log = Files.readString(engine.log()).substring((int) logFrom);
        assertTrue(log.contains(WHAT_TO_DO), "the engine did not say what to do");
    }
}
