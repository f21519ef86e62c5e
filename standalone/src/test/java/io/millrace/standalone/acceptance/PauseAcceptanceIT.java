package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandOptions;
import io.millrace.client.CommandRejectedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A paused workflow stops at its next step, keeps everything, and goes on when it is told to. */
final class PauseAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    /** A workflow of three steps that was paused in its first one, which has ended since. */
    private WorkflowHandle<String> pausedAfterItsFirstStep() {
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("paused", 3);
        gate.awaitArrival();
        assertEquals(
                WorkflowStatus.PAUSED,
                workflow.pause(CommandOptions.because("the warehouse is closed"))
                        .status());
        gate.open();
        Scene.awaitFact(workflow, "released");
        return workflow;
    }

    @Test
    void shouldRecordTheStepInFlightAndStartNoOther() {
        // given a workflow that was paused in its first step
        WorkflowHandle<String> workflow = pausedAfterItsFirstStep();
        // when others run, then it does not
        scene.awaitABystander("bystander");
        assertEquals(WorkflowStatus.PAUSED, workflow.status());
        assertEquals(List.of("step-1"), ran.of(workflow.workflowId()));
        assertEquals(StepStatus.COMPLETED, scene.steps(workflow).get(0).status());
        List<String> facts = Scene.factTypes(workflow);
        assertTrue(facts.indexOf("paused") < facts.indexOf("stepCompleted"), facts.toString());
        assertEquals(
                "the warehouse is closed",
                Scene.fact(workflow, "paused").details().get("reason"));
    }

    @Test
    void shouldGoOnWhereItWasWhenUnpaused() {
        // given a paused workflow
        WorkflowHandle<String> workflow = pausedAfterItsFirstStep();
        // when it is told to go on
        workflow.unpause();
        // then it does, and runs no step again
        assertEquals("a1+a2+a3", workflow.result(Scene.PATIENCE));
        assertEquals(List.of("step-1", "step-2", "step-3"), ran.of(workflow.workflowId()));
        assertEquals(1, Scene.facts(workflow, "unpaused").size());
    }

    @Test
    void shouldTakeThePauseBackWhileTheStepStillRuns() {
        // given a workflow that was paused in its first step, which still runs
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("paused", 2);
        gate.awaitArrival();
        workflow.pause();
        // when it is told to go on, and the step ends
        assertEquals(WorkflowStatus.RUNNING, workflow.unpause().status());
        gate.open();
        // then it goes on
        assertEquals("a1+a2", workflow.result(Scene.PATIENCE));
        assertEquals(List.of("step-1", "step-2"), ran.of(workflow.workflowId()));
    }

    @Test
    void shouldStopWhenCancelledWhilePaused() {
        // given a workflow that has run, and is paused
        WorkflowHandle<String> workflow = pausedAfterItsFirstStep();
        // when it is cancelled
        assertEquals(WorkflowStatus.CANCELLING, workflow.cancel().status());
        // then its code is told, and no other step runs
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        assertEquals(List.of("step-1"), ran.of(workflow.workflowId()));
        assertEquals(1, Scene.facts(workflow, "cancelSurfaced").size());
    }

    @Test
    void shouldStopAtOnceWhenCancelledBeforeItEverRan() {
        // given a workflow that was paused in its queue
        WorkflowHandle<String> workflow = scene.startSteps("paused", 1);
        assertEquals(WorkflowStatus.PAUSED, workflow.pause().status());
        // when it is cancelled, then that is all
        assertEquals(WorkflowStatus.CANCELLED, workflow.cancel().status());
    }

    @Test
    void shouldNotRunAnEnqueuedOneUntilItIsUnpaused() {
        // given a workflow that was paused in its queue
        WorkflowHandle<String> workflow = scene.startSteps("paused", 1);
        workflow.pause();
        // when a worker comes, then it does not get it
        scene.work(new SteppedWorkflow(ran));
        scene.awaitABystander("bystander");
        assertEquals(WorkflowStatus.PAUSED, workflow.status());
        assertEquals(List.of(), ran.of(workflow.workflowId()));
        // when it is told to go on, then it runs
        assertEquals(WorkflowStatus.ENQUEUED, workflow.unpause().status());
        assertEquals("a1", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldKeepAMessageThatComesWhileItIsPaused() {
        // given a workflow that waits for a message, and is paused
        scene.work("receiver", String.class, (ctx, input) -> ctx.receive("news", String.class));
        WorkflowHandle<String> workflow = scene.start("receiver", "receiver", null);
        Scene.awaitFact(workflow, "receiveStarted");
        workflow.pause();
        // when the message comes, then the workflow does not go on before it is told to
        assertEquals(WorkflowStatus.PAUSED, workflow.send("news", "hello").status());
        workflow.unpause();
        assertEquals("hello", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldRefuseWhatMakesNoSenseAndSayWhatDoes() {
        // given a paused workflow
        WorkflowHandle<String> workflow = scene.startSteps("paused", 1);
        workflow.pause();
        // when it is resumed or paused, then that is refused
        CommandRejectedException resumed = assertThrows(CommandRejectedException.class, workflow::resume);
        assertTrue(resumed.reason().contains("unpause"), resumed.reason());
        CommandRejectedException paused = assertThrows(CommandRejectedException.class, workflow::pause);
        assertTrue(paused.reason().contains("PAUSED"), paused.reason());
        // when one that is not paused is told to go on, then that is refused too
        workflow.unpause();
        CommandRejectedException unpaused = assertThrows(CommandRejectedException.class, workflow::unpause);
        assertEquals(WorkflowStatus.ENQUEUED, unpaused.status());
    }
}
