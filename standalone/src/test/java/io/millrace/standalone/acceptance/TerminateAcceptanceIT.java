package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.StopOptions;
import io.millrace.client.TerminatedWorkflowException;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Revoked;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A terminate ends a workflow at once, whatever it does. */
final class TerminateAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    @Test
    void shouldEndAStuckOneAndRejectItsLateCompletion() {
        // given a workflow in a step that nothing moves
        Gate stuck = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, stuck::passDeafToInterrupts));
        WorkflowHandle<String> workflow = scene.startSteps("stuck", 2);
        stuck.awaitArrival();
        WorkflowDescription running = workflow.describe();
        // when it is terminated
        assertEquals(
                WorkflowStatus.TERMINATED,
                workflow.terminate(StopOptions.because("it hangs")).status());
        // then it has ended for whoever waits for it
        TerminatedWorkflowException thrown =
                assertThrows(TerminatedWorkflowException.class, () -> workflow.result(Scene.PATIENCE));
        assertEquals(WorkflowStatus.TERMINATED, thrown.status());
        // when the step ends after all, and its completion is reported as if the worker had not heard
        stuck.open();
        scene.topics().report(running, Facts.completedStep(1, "step-1"));
        // then that is rejected, its sender is told so, and nothing is on record
        awaitRevoked(running);
        scene.awaitABystander("bystander");
        assertEquals(WorkflowStatus.TERMINATED, workflow.status());
        assertEquals(List.of(), Scene.facts(workflow, "stepCompleted"));
        assertEquals("it hangs", Scene.fact(workflow, "terminated").details().get("reason"));
        assertEquals(List.of("step-1"), ran.of(workflow.workflowId()));
    }

    private void awaitRevoked(WorkflowDescription running) {
        String workerId = running.workerId().orElseThrow();
        // One answers the terminate, the other one the late completion.
        await("the late completion to be rejected")
                .atMost(Scene.PATIENCE)
                .until(() -> revocations(workerId, running.workflowId()) >= 2);
    }

    private long revocations(String workerId, String workflowId) {
        return scene.topics().read(Topic.INBOX, InboxMessage.class, workerId).stream()
                .map(InboxMessage::getRevoked)
                .filter(Objects::nonNull)
                .map(Revoked::getWorkflowId)
                .filter(workflowId::equals)
                .count();
    }

    @Test
    void shouldEndAnEnqueuedOneAtOnce() {
        // given a workflow that nobody runs
        WorkflowHandle<String> workflow = scene.startSteps("enqueued", 1);
        // when it is terminated, then it never runs
        assertEquals(WorkflowStatus.TERMINATED, workflow.terminate().status());
        scene.work(new SteppedWorkflow(ran));
        scene.awaitABystander("bystander");
        assertEquals(List.of(), ran.of(workflow.workflowId()));
    }

    @Test
    void shouldEndOneThatIsBeingCancelledWithoutItsCleanUp() {
        // given a workflow that is stuck while it is cancelled
        Gate stuck = scene.gate();
        scene.work("tidy", String.class, (ctx, input) -> {
            try {
                ctx.step("busy", stuck::pass);
                return ctx.step("next", String.class, () -> "done");
            } finally {
                ctx.shielded(() -> ctx.step("release", () -> ran.add(ctx.workflowId(), "release")));
            }
        });
        WorkflowHandle<String> workflow = scene.start("tidy", "tidy", null);
        stuck.awaitArrival();
        assertEquals(WorkflowStatus.CANCELLING, workflow.cancel().status());
        // when it is terminated
        workflow.terminate();
        // then it has ended, and no clean-up is on record
        assertEquals(WorkflowStatus.TERMINATED, workflow.status());
        assertEquals(List.of(), ran.of(workflow.workflowId()));
        // when it is terminated again, or cancelled, then that is refused
        assertTrue(assertThrows(CommandRejectedException.class, workflow::terminate)
                .reason()
                .contains("TERMINATED"));
        assertTrue(assertThrows(CommandRejectedException.class, workflow::cancel)
                .reason()
                .contains("TERMINATED"));
    }
}
