package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.MillraceClient;
import io.millrace.client.StepDescription;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancels that meet a worker that is dead, and a cancel that is on its way when the worker dies. */
final class CancelCrashIT {
    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldCleanUpElsewhereWhenTheOwnerIsDead() {
        Stage stage = SERVER.stage(children, "cancel-dead-owner");
        ChildProcess one = stage.startWorker("one", Stage.LEASE);
        ChildProcess other = stage.startWorker("other", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            // given a workflow whose owner has died in its third step
            WorkflowHandle<Integer> workflow = stage.start(
                    client, "dead-owner", GatedWorkflow.Input.steps(5).gateAt(3));
            ChildProcess owner = stage.awaitStep("dead-owner", 3, 1);
            owner.kill();
            // when it is cancelled
            assertEquals(
                    WorkflowStatus.CANCELLING,
                    workflow.cancel(StopOptions.because("its owner is dead")).status());
            // then another worker cleans up, and runs no other step
            assertThrows(CancelledWorkflowException.class, () -> workflow.result(Stage.PATIENCE));
            assertCleanedUp(stage, client, "dead-owner", owner == one ? other : one);
        }
    }

    @Test
    void shouldCleanUpElsewhereWhenTheOwnerDiesWhileItIsToStop() {
        Stage stage = SERVER.stage(children, "cancel-dying-owner");
        ChildProcess one = stage.startWorker("one", Stage.LEASE);
        ChildProcess other = stage.startWorker("other", Stage.LEASE);
        try (MillraceClient client = stage.connect()) {
            // given a workflow that was cancelled in its third step
            WorkflowHandle<Integer> workflow = stage.start(
                    client, "dying-owner", GatedWorkflow.Input.steps(5).gateAt(3));
            ChildProcess owner = stage.awaitStep("dying-owner", 3, 1);
            assertEquals(WorkflowStatus.CANCELLING, workflow.cancel().status());
            // when its owner dies before that step has ended
            owner.kill();
            // then another worker cleans up, and does not run that step again
            assertThrows(CancelledWorkflowException.class, () -> workflow.result(Stage.PATIENCE));
            assertCleanedUp(stage, client, "dying-owner", owner == one ? other : one);
        }
    }

    private static void assertCleanedUp(Stage stage, MillraceClient client, String workflowId, ChildProcess sound) {
        assertEquals(List.of(1, 2, 3, 4), stage.effects().steps(workflowId));
        assertEquals(sound.pid(), stage.effects().of(workflowId, 4).get(0).pid());
        List<StepDescription> steps = client.steps(workflowId).toList();
        assertEquals(
                List.of(StepStatus.COMPLETED, StepStatus.COMPLETED, StepStatus.CANCELLED, StepStatus.COMPLETED),
                steps.stream().map(StepDescription::status).toList());
        assertEquals(GatedWorkflow.CLEAN_UP, steps.get(3).name());
        RecordedHistory history = stage.history(workflowId);
        history.check();
        assertEquals(List.of(1L, 2L), history.epochs());
    }
}
