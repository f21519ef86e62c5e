package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.CommandRejectedException;
import io.millrace.client.CommandResult;
import io.millrace.client.StepDescription;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a cancel does to a workflow that runs, waits in its queue, or has ended. */
final class CancelAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    @Test
    void shouldRecordTheRunningStepAndStartNoOther() {
        // given a workflow in its first step of three
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("cancelled", 3);
        gate.awaitArrival();
        // when it is cancelled
        CommandResult answer = workflow.cancel(StopOptions.because("the customer has left"));
        // then it is being cancelled for as long as the step runs
        assertEquals(WorkflowStatus.CANCELLING, answer.status());
        scene.awaitABystander("bystander");
        assertEquals(WorkflowStatus.CANCELLING, workflow.status());
        // when the step ends
        gate.open();
        // then it is on record, and no other one has begun
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        assertEquals(List.of("step-1"), ran.of(workflow.workflowId()));
        assertEquals(
                List.of(StepStatus.COMPLETED, StepStatus.CANCELLED),
                scene.steps(workflow).stream().map(StepDescription::status).toList());
        List<String> facts = Scene.factTypes(workflow);
        assertTrue(facts.indexOf("cancelAsked") < facts.indexOf("stepCompleted"), facts.toString());
        assertTrue(facts.indexOf("stepCompleted") < facts.indexOf("cancelCompleted"), facts.toString());
        assertEquals(1, Scene.facts(workflow, "stepCompleted").size());
        assertEquals("cancelCompleted", facts.get(facts.size() - 1));
    }

    @Test
    void shouldThrowATypedExceptionToWhoeverWaitsForTheResult() {
        // given somebody who waits for the result of a running workflow
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("awaited", 2);
        gate.awaitArrival();
        var result = workflow.resultAsync();
        // when it is cancelled
        workflow.cancel();
        gate.open();
        // then that one is told so, and so is whoever asks later
        Throwable thrown = assertThrows(Exception.class, result::join).getCause();
        assertEquals(CancelledWorkflowException.class, thrown.getClass());
        CancelledWorkflowException later =
                assertThrows(CancelledWorkflowException.class, () -> workflow.result(Scene.PATIENCE));
        assertEquals(WorkflowStatus.CANCELLED, later.status());
        assertEquals(workflow.workflowId(), later.workflowId());
    }

    @Test
    void shouldStopAnEnqueuedOneAtOnceAndNeverRunIt() {
        // given a workflow that no worker is there for
        WorkflowHandle<String> workflow = scene.startSteps("enqueued", 2);
        // when it is cancelled
        CommandResult answer = workflow.cancel();
        // then that is all, and a worker that comes does not get it
        assertEquals(WorkflowStatus.CANCELLED, answer.status());
        assertThrows(CancelledWorkflowException.class, () -> workflow.result(Scene.PATIENCE));
        scene.work(new SteppedWorkflow(ran));
        scene.awaitABystander("bystander");
        assertEquals(List.of(), ran.of(workflow.workflowId()));
        assertEquals(List.of("workflowStarted", "cancelAsked", "cancelCompleted"), Scene.factTypes(workflow));
    }

    @Test
    void shouldStopADelayedOneAtOnce() {
        // given a workflow that is to run in an hour
        WorkflowHandle<String> workflow =
                scene.start(scene.options("delayed").delay(Duration.ofHours(1)), SteppedWorkflow.TYPE, 1);
        // when it is cancelled
        CommandResult answer = workflow.cancel();
        // then it has ended
        assertEquals(WorkflowStatus.CANCELLED, answer.status());
        assertEquals(WorkflowStatus.CANCELLED, workflow.status());
    }

    @Test
    void shouldEndOneThatReturnsAfterItsLastStepAsCompletedAndShowBoth() {
        // given a workflow whose steps are done, and whose code has not returned yet
        Gate gate = scene.gate();
        scene.work("returning", String.class, (ctx, input) -> {
            String output = ctx.step("only", String.class, () -> "done");
            gate.pass();
            return output;
        });
        WorkflowHandle<String> workflow = scene.start("returning", "returning", null);
        gate.awaitArrival();
        // when it is cancelled, and returns all the same
        assertEquals(WorkflowStatus.CANCELLING, workflow.cancel().status());
        gate.open();
        // then its result stands, and the record shows the cancel too
        assertEquals("done", workflow.result(Scene.PATIENCE));
        assertEquals(WorkflowStatus.COMPLETED, workflow.status());
        List<String> facts = Scene.factTypes(workflow);
        assertTrue(facts.indexOf("cancelAsked") > 0, facts.toString());
        assertTrue(facts.indexOf("cancelAsked") < facts.indexOf("workflowCompleted"), facts.toString());
    }

    @Test
    void shouldRejectToCancelACompletedOneAndNameItsStatus() {
        // given a workflow that has completed
        scene.work(new SteppedWorkflow(ran));
        WorkflowHandle<String> workflow = scene.startSteps("completed", 1);
        workflow.result(Scene.PATIENCE);
        // when it is cancelled, then that is refused, and the result is still there
        assertRejected(workflow, WorkflowStatus.COMPLETED);
        assertEquals("a1", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldRejectToCancelAFailedOneAndNameItsStatus() {
        // given a workflow that has failed
        scene.work(new SteppedWorkflow(ran).failingAt(1));
        WorkflowHandle<String> workflow = scene.startSteps("failed", 1);
        Scene.awaitStatus(workflow, WorkflowStatus.FAILED);
        // when it is cancelled, then that is refused
        assertRejected(workflow, WorkflowStatus.FAILED);
        assertEquals(WorkflowStatus.FAILED, workflow.status());
    }

    private static void assertRejected(WorkflowHandle<String> workflow, WorkflowStatus status) {
        CommandRejectedException rejected = assertThrows(CommandRejectedException.class, workflow::cancel);
        assertEquals(status, rejected.status());
        assertTrue(rejected.reason().contains(status.name()), rejected.reason());
        assertEquals("cancel", Scene.fact(workflow, "commandNoted").details().get("command"));
        assertEquals(false, Scene.fact(workflow, "commandNoted").details().get("accepted"));
        assertEquals(List.of(), Scene.facts(workflow, "cancelAsked"));
    }

    @Test
    void shouldAcceptASecondCancelAndRecordOneFact() {
        // given a running workflow
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("twice", 2);
        gate.awaitArrival();
        // when it is cancelled twice while it stops, and once more afterwards
        assertEquals(WorkflowStatus.CANCELLING, workflow.cancel().status());
        CommandResult second = workflow.cancel();
        gate.open();
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        CommandResult third = workflow.cancel();
        // then all are accepted, the later ones say that nothing has changed, and one has had an effect
        assertEquals(WorkflowStatus.CANCELLING, second.status());
        assertTrue(second.note().isPresent());
        assertEquals(WorkflowStatus.CANCELLED, third.status());
        assertTrue(third.note().orElseThrow().contains("CANCELLED"), third.toString());
        assertEquals(1, Scene.facts(workflow, "cancelAsked").size());
        assertEquals(1, Scene.facts(workflow, "cancelCompleted").size());
        assertEquals(2, Scene.facts(workflow, "commandNoted").size());
    }

    @Test
    void shouldRunTheCleanUpAndRecordItsSteps() {
        // given a workflow that undoes what it has done
        Gate gate = scene.gate();
        scene.work("tidy", String.class, (ctx, input) -> {
            try {
                ctx.step("reserve", gate::pass);
                ctx.step("charge", () -> ran.add(ctx.workflowId(), "charge"));
                return "bought";
            } finally {
                ctx.shielded(() -> ctx.step("release", () -> ran.add(ctx.workflowId(), "release")));
            }
        });
        WorkflowHandle<String> workflow = scene.start("tidy", "tidy", null);
        gate.awaitArrival();
        // when it is cancelled
        workflow.cancel();
        gate.open();
        // then what it does in its clean-up is done and on record
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        assertEquals(List.of("release"), ran.of(workflow.workflowId()));
        assertEquals(
                List.of("reserve COMPLETED", "charge CANCELLED", "release COMPLETED"),
                scene.steps(workflow).stream()
                        .map(step -> step.name() + " " + step.status())
                        .toList());
        assertTrue(workflow.describe().failure().isEmpty());
    }

    @Test
    void shouldKeepTheErrorOfACleanUpThatFails() {
        // given a workflow whose clean-up fails
        Gate gate = scene.gate();
        scene.work("untidy", String.class, (ctx, input) -> {
            try {
                ctx.step("reserve", gate::pass);
                return ctx.step("charge", String.class, () -> "charged");
            } finally {
                ctx.shielded(() -> ctx.step("release", RetryPolicy.NONE, () -> {
                    throw new IllegalStateException("nobody takes it back");
                }));
            }
        });
        WorkflowHandle<String> workflow = scene.start("untidy", "untidy", null);
        gate.awaitArrival();
        // when it is cancelled
        workflow.cancel();
        gate.open();
        // then it is cancelled, and says what went wrong
        CancelledWorkflowException cancelled =
                assertThrows(CancelledWorkflowException.class, () -> workflow.result(Scene.PATIENCE));
        String message = cancelled.failure().orElseThrow().message();
        assertTrue(message.contains("nobody takes it back"), message);
    }

    @Test
    void shouldNotBeSwallowedByCodeThatCatchesExceptions() {
        // given a workflow that goes on whatever a step throws
        Gate gate = scene.gate();
        scene.work("stubborn", String.class, (ctx, input) -> {
            for (int n = 1; n <= 3; n++) {
                try {
                    ctx.step("try-" + n, gate::pass);
                } catch (Exception e) {
                    ctx.logger().warn("going on", e);
                }
            }
            return "through";
        });
        WorkflowHandle<String> workflow = scene.start("stubborn", "stubborn", null);
        gate.awaitArrival();
        // when it is cancelled in its first step
        workflow.cancel();
        gate.open();
        // then it does not go on
        assertThrows(CancelledWorkflowException.class, () -> workflow.result(Scene.PATIENCE));
        assertEquals(1, Scene.facts(workflow, "stepCompleted").size());
    }

    @Test
    void shouldRecordTheErrorOfARunningStepThatFailsAndStillBeCancelled() {
        // given a workflow in a step that will fail
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, () -> {
            gate.pass();
            throw new IllegalStateException("it fails anyway");
        }));
        WorkflowHandle<String> workflow = scene.startSteps("failing", 2);
        gate.awaitArrival();
        // when it is cancelled, and its step fails before its code was told
        workflow.cancel();
        gate.open();
        // then it is cancelled, and what the step threw is on record
        assertThrows(CancelledWorkflowException.class, () -> workflow.result(Scene.PATIENCE));
        StepDescription step = scene.steps(workflow).get(0);
        assertEquals(StepStatus.CANCELLED, step.status());
        assertEquals("it fails anyway", step.failure().orElseThrow().message());
        assertEquals(List.of("step-1"), ran.of(workflow.workflowId()));
    }
}
