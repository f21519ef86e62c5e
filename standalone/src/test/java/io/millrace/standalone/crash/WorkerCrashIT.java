package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.HistoryFact;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that is killed, or stopped, in the middle of a workflow that another one can go on with. */
final class WorkerCrashIT {
    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldGoOnInAnotherWorkerWithTheStepThatTheKilledOneWasIn() {
        Stage stage = SERVER.stage(children, "worker-killed");
        stage.startWorker("one", Stage.LEASE);
        stage.startWorker("other", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            WorkflowHandle<Integer> workflow =
                    stage.start(client, "killed", GatedWorkflow.Input.steps(5).gateAt(3));
            ChildProcess owner = stage.awaitStep("killed", 3, 1);
            owner.kill();
            long killed = System.nanoTime();
            stage.gates().open("killed");

            assertEquals(5, workflow.result(Stage.LEASE.plusSeconds(20)));
            Stage.report("completed after kill -9 of its worker (lease " + Stage.LEASE.toSeconds() + " s)", killed);
            assertEquals(List.of(1, 2, 3, 3, 4, 5), stage.effects().steps("killed"));
            assertEquals(1, workflow.describe().recoveryAttempts());
            RecordedHistory history = stage.history("killed");
            history.check();
            assertEquals(List.of(1, 2, 3, 4, 5), history.completedSteps());
            assertEquals(List.of(1L, 2L), history.epochs());
        }
    }

    @Test
    void shouldGoOnInAnotherWorkerAtOnceWhenOneIsStopped() {
        Stage stage = SERVER.stage(children, "worker-stopped");
        // So long that nothing of this test could come about by waiting for it.
        Duration lease = Duration.ofMinutes(5);
        stage.startWorker("one", lease);
        stage.startWorker("other", lease);
        try (MillraceClient client = stage.connect()) {
            WorkflowHandle<Integer> workflow =
                    stage.start(client, "stopped", GatedWorkflow.Input.steps(5).gateAt(3));
            ChildProcess owner = stage.awaitStep("stopped", 3, 1);
            long stopped = System.nanoTime();
            owner.terminate();
            ChildProcess next = stage.awaitStep("stopped", 3, 2);
            Stage.report("went on after SIGTERM of its worker", stopped);
            assertNotEquals(owner.pid(), next.pid());
            stage.gates().open("stopped");

            assertEquals(5, workflow.result(Stage.PATIENCE));
            await().atMost(Stage.PATIENCE).until(() -> !owner.isAlive());
            assertEquals(0, workflow.describe().recoveryAttempts());
            assertEquals(List.of(1, 2, 3, 3, 4, 5), stage.effects().steps("stopped"));
            RecordedHistory history = stage.history("stopped");
            history.check();
            assertEquals(1, history.facts(HistoryFact::getReleased).size(), history.toString());
        }
    }
}
