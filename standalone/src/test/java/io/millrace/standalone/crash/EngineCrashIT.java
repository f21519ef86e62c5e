package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Engines that are killed while workers run workflows. */
public final class EngineCrashIT {
    /** Half of the worker's slots, so that every partition has one for each of its own. */
    private static final int WORKFLOWS = 8;

    @RegisterExtension
    static final SharedServer BROKER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldLetTheWorkerGoOnWithoutAnEngineAndHaveItAllOnRecordAfterItsRestart() {
        Stage stage = BROKER.stageWithoutEngine(children, "engine-killed");
        ChildProcess engine = stage.startEngine("engine");
        stage.startWorker("worker", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            Stage.awaitAnswer(client);
            WorkflowHandle<Integer> workflow =
                    stage.start(client, "orphaned", GatedWorkflow.Input.steps(5).gateAt(3));
            stage.awaitStep("orphaned", 3, 1);
            engine.kill();
            stage.gates().open("orphaned");
            // A step begins only when the one before it is acknowledged.
            stage.awaitStep("orphaned", 5, 1);
            await().atMost(Stage.PATIENCE)
                    .until(() -> completedSteps(stage, "orphaned").contains(5));

            long restarted = System.nanoTime();
            stage.startEngine("engine");
            assertEquals(5, workflow.result(Stage.PATIENCE));
            Stage.report("completed after the start of the engine that was killed", restarted);
            assertEquals(List.of(1, 2, 3, 4, 5), stage.effects().steps("orphaned"));
            RecordedHistory history = stage.history("orphaned");
            history.check();
            assertEquals(List.of(1, 2, 3, 4, 5), history.completedSteps());
            assertEquals(List.of(1L), history.epochs());
        }
    }

    @Test
    void shouldBelieveWhatAWorkerReportedThatLeftWhileThereWasNoEngine() {
        Stage stage = BROKER.stageWithoutEngine(children, "departed");
        ChildProcess engine = stage.startEngine("engine");
        // Longer than an engine on a busy machine takes to start: what is behind by a whole lease is the window that is
        // documented.
        ChildProcess departing = stage.startWorker("departing", Duration.ofSeconds(30));
        try (MillraceClient client = stage.connect()) {
            Stage.awaitAnswer(client);
            WorkflowHandle<Integer> workflow =
                    stage.start(client, "departed", GatedWorkflow.Input.steps(5).gateAt(3));
            stage.awaitStep("departed", 3, 1);
            engine.kill();
            stage.gates().open("departed");
            await().atMost(Stage.PATIENCE)
                    .until(() -> completedSteps(stage, "departed").contains(5));
            departing.terminate();
            await().atMost(Stage.PATIENCE).until(() -> !departing.isAlive());

            stage.startWorker("other", Stage.LEASE);
            stage.startEngine("engine");
            assertEquals(5, workflow.result(Stage.PATIENCE));
            checkRunOnce(stage, "departed");
            assertEquals(List.of(1L), stage.history("departed").epochs());
        }
    }

    @Test
    void shouldTakeOverFromAnEngineThatIsKilled() {
        Stage stage = BROKER.stageWithoutEngine(children, "two-engines");
        ChildProcess doomed = stage.startEngine("engine-1");
        stage.startEngine("engine-2");
        stage.startWorker("worker", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            awaitShared(stage);
            List<WorkflowHandle<Integer>> workflows = new ArrayList<>();
            for (int n = 0; n < WORKFLOWS; n++) {
                workflows.add(stage.start(
                        client, "shared-" + n, GatedWorkflow.Input.steps(5).gateAt(3)));
            }
            workflows.forEach(workflow -> stage.awaitStep(workflow.workflowId(), 3, 1));
            doomed.kill();
            long killed = System.nanoTime();
            workflows.forEach(workflow -> stage.gates().open(workflow.workflowId()));
            for (WorkflowHandle<Integer> workflow : workflows) {
                assertEquals(5, workflow.result(Stage.PATIENCE));
            }
            Stage.report("all completed after kill -9 of one of two engines", killed);
            workflows.forEach(workflow -> checkRunOnce(stage, workflow.workflowId()));
        }
    }

    private static void checkRunOnce(Stage stage, String workflowId) {
        RecordedHistory history = stage.history(workflowId);
        history.check();
        assertEquals(List.of(1, 2, 3, 4, 5), history.completedSteps());
        assertEquals(1, history.facts(HistoryFact::getWorkflowCompleted).size());
        assertEquals(List.of(1, 2, 3, 4, 5), stage.effects().steps(workflowId));
    }

    /** The steps that the worker has reported, whether an engine has read it or not. */
    private static List<Integer> completedSteps(Stage stage, String workflowId) {
        return stage.topics().read(Topic.EVENTS, WorkerEvent.class, workflowId).stream()
                .flatMap(event -> event.getFacts().stream())
                .map(WorkerFact::getStepCompleted)
                .filter(Objects::nonNull)
                .map(step -> step.getSeq())
                .toList();
    }

    /** Waits until each of two engines has partitions. */
    static void awaitShared(Stage stage) {
        awaitShared(stage.bootstrapServers(), stage.namespace());
    }

    /** The same of engines that no stage has started. */
    public static void awaitShared(String bootstrapServers, Namespace namespace) {
        String group = namespace.name() + ".engine";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await("both engines to have partitions")
                    .atMost(Stage.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> shares(admin, group), found -> found.size() == 2 && !found.contains(0));
        }
    }

    /** How many partitions each member has. */
    private static List<Integer> shares(Admin admin, String group) throws ExecutionException, InterruptedException {
        List<Integer> shares = new ArrayList<>();
        for (MemberDescription member : admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()) {
            shares.add(member.assignment().topicPartitions().size());
        }
        return shares;
    }
}
