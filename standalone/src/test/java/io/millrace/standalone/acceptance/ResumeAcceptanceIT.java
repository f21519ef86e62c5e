package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.CommandResult;
import io.millrace.client.FromStep;
import io.millrace.client.HistoryEvent;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A resume lets a closed workflow go on where it was, and a rewind further back; an enqueued one runs before all others. */
final class ResumeAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    @Test
    void shouldGoOnAfterTheLastCompletedStepOfACancelledOne() {
        // given a workflow that was cancelled in its first step of three
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("resumed", 3);
        gate.awaitArrival();
        workflow.cancel();
        gate.open();
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        // when it is resumed
        CommandResult answer = workflow.resume(ResumeOptions.because("the customer is back"));
        // then the other steps run, and only those
        assertEquals(WorkflowStatus.ENQUEUED, answer.status());
        assertEquals("a1+a2+a3", workflow.result(Scene.PATIENCE));
        assertEquals(List.of("step-1", "step-2", "step-3"), ran.of(workflow.workflowId()));
        assertEquals(1, workflow.describe().run());
        HistoryEvent reopened = Scene.fact(workflow, "reopened");
        assertEquals("the customer is back", reopened.details().get("reason"));
        assertEquals(SharedMillrace.ISSUER, reopened.details().get("issuer"));
        // when it is resumed once more, now that it has completed, then that is refused and the result is still there
        CommandRejectedException rejected = assertThrows(CommandRejectedException.class, workflow::resume);
        assertEquals(WorkflowStatus.COMPLETED, rejected.status());
        assertTrue(rejected.reason().contains("fork"), rejected.reason());
        assertEquals("a1+a2+a3", workflow.result(Scene.PATIENCE));
        assertEquals(3, ran.of(workflow.workflowId()).size());
    }

    @Test
    void shouldRunTheStepAgainThatHasFailed() {
        // given a workflow whose second step fails for good
        AtomicBoolean broken = new AtomicBoolean(true);
        scene.work(new SteppedWorkflow(ran).inside(2, () -> {
            if (broken.get()) {
                throw new IllegalStateException("the service is down");
            }
        }));
        WorkflowHandle<String> workflow = scene.startSteps("failed", 3);
        Scene.awaitStatus(workflow, WorkflowStatus.FAILED);
        // when what was broken is repaired, and it is resumed
        broken.set(false);
        workflow.resume();
        // then that step runs again, and what was before it does not
        assertEquals("a1+a2+a3", workflow.result(Scene.PATIENCE));
        assertEquals(List.of("step-1", "step-2", "step-2", "step-3"), ran.of(workflow.workflowId()));
        assertEquals(1, scene.steps(workflow).get(1).attempts());
        assertEquals(StepStatus.COMPLETED, scene.steps(workflow).get(1).status());
    }

    @Test
    void shouldCompleteOneThatHadLostItsWorkerTooOften() {
        // given a workflow that has lost more workers than it may: what they reported could not be taken
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(2, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("exhausted", 3);
        for (int epoch = 1; epoch <= SharedMillrace.RECOVERY_LIMIT + 1; epoch++) {
            gate.awaitArrivals(epoch);
            scene.topics().report(workflow.describe(), Facts.completedWithoutSteps());
        }
        Scene.awaitStatus(workflow, WorkflowStatus.RETRIES_EXHAUSTED);
        // when it is resumed
        gate.open();
        workflow.resume();
        // then it completes, and its first step was not run again
        assertEquals("a1+a2+a3", workflow.result(Scene.PATIENCE));
        assertEquals(
                1,
                ran.of(workflow.workflowId()).stream().filter("step-1"::equals).count());
        assertEquals(0, workflow.describe().recoveryAttempts());
    }

    @Test
    void shouldRunAnEnqueuedOneBeforeAllOthersOfItsQueue() {
        // given three workflows that wait in one order
        List<String> ids = scene.idsOfOnePartition("waiting", 3);
        List<WorkflowHandle<String>> workflows = ids.stream()
                .map(id -> scene.start(StartOptions.workflowId(id).queue(scene.queue()), SteppedWorkflow.TYPE, 1))
                .toList();
        // when the last one is resumed, and a worker comes that runs one at a time
        assertEquals(WorkflowStatus.ENQUEUED, workflows.get(2).resume().status());
        scene.start(scene.worker().slots(1).workflow(SteppedWorkflow.TYPE, Integer.class, new SteppedWorkflow(ran)));
        // then that one is the first
        workflows.forEach(workflow -> workflow.result(Scene.PATIENCE));
        assertEquals(List.of(ids.get(2), ids.get(0), ids.get(1)), ran.workflows());
        assertEquals(1, Scene.facts(workflows.get(2), "expedited").size());
    }

    @Test
    void shouldRunADelayedOneAtOnce() {
        // given a workflow that is to run in an hour
        scene.work(new SteppedWorkflow(ran));
        WorkflowHandle<String> workflow =
                scene.start(scene.options("delayed").delay(Duration.ofHours(1)), SteppedWorkflow.TYPE, 1);
        assertEquals(WorkflowStatus.DELAYED, workflow.status());
        // when it is resumed
        workflow.resume();
        // then it runs
        assertEquals("a1", workflow.result(Scene.PATIENCE));
    }

    @Test
    void shouldChangeNothingForARunningOne() {
        // given a running workflow
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("running", 2);
        gate.awaitArrival();
        // when it is resumed
        CommandResult answer = workflow.resume();
        // then that is accepted, says that nothing has changed, and changes nothing
        assertEquals(WorkflowStatus.RUNNING, answer.status());
        assertTrue(answer.note().isPresent());
        gate.open();
        assertEquals("a1+a2", workflow.result(Scene.PATIENCE));
        assertEquals(List.of("step-1", "step-2"), ran.of(workflow.workflowId()));
        assertEquals(List.of(), Scene.facts(workflow, "reopened"));
    }

    @Test
    void shouldRefuseAnUnknownId() {
        // when nobody's id is resumed, then the answer says so
        WorkflowHandle<String> nobody = scene.client().workflow(scene.id("nobody"), String.class);
        WorkflowNotFoundException thrown = assertThrows(WorkflowNotFoundException.class, nobody::resume);
        assertTrue(thrown.getMessage().contains(nobody.workflowId()), thrown.getMessage());
    }

    @Test
    void shouldCountOneOutcomeWhenCancelledAndResumedInQuickSuccession() {
        // given a workflow in its first step
        Gate gate = scene.gate();
        AtomicInteger executions = new AtomicInteger();
        scene.work(new SteppedWorkflow(ran).inside(1, () -> {
            executions.incrementAndGet();
            gate.pass();
        }));
        WorkflowHandle<String> workflow = scene.startSteps("hasty", 2);
        gate.awaitArrival();
        // when it is cancelled and resumed while the old execution still runs
        workflow.cancel();
        CommandRejectedException tooSoon = assertThrows(CommandRejectedException.class, workflow::resume);
        // then that is too soon, and it is said what to wait for
        assertEquals(WorkflowStatus.CANCELLING, tooSoon.status());
        assertTrue(tooSoon.reason().contains("CANCELLED"), tooSoon.reason());
        // when it is asked for again and again, while the old execution comes to its end
        gate.open();
        await("the resume to be accepted")
                .atMost(Scene.PATIENCE)
                .ignoreExceptionsInstanceOf(CommandRejectedException.class)
                .until(() -> workflow.resume().status() == WorkflowStatus.ENQUEUED);
        // then the new execution's outcome counts, and no step has run twice
        assertEquals("a1+a2", workflow.result(Scene.PATIENCE));
        assertEquals(1, executions.get());
        assertEquals(List.of("step-1", "step-2"), ran.of(workflow.workflowId()));
        assertEquals(1, Scene.facts(workflow, "cancelCompleted").size());
        assertEquals(1, Scene.facts(workflow, "reopened").size());
        assertEquals(1, Scene.facts(workflow, "workflowCompleted").size());
    }

    @Test
    void shouldCountTheNewExecutionOnlyWhenTerminatedAndResumedWhileTheOldOneIsStuck() {
        // given a workflow that is stuck in its first step
        Gate stuck = scene.gate();
        AtomicInteger executions = new AtomicInteger();
        scene.work(new SteppedWorkflow(ran).inside(1, () -> {
            if (executions.incrementAndGet() == 1) {
                stuck.passDeafToInterrupts();
                ran.add("stuck", "is free again");
            }
        }));
        WorkflowHandle<String> workflow = scene.startSteps("stuck", 2);
        stuck.awaitArrival();
        // when it is terminated and resumed
        workflow.terminate();
        workflow.resume();
        // then the new execution completes
        assertEquals("a1+a2", workflow.result(Scene.PATIENCE));
        // when the old one ends too, then nothing of it counts
        List<String> before = Scene.factTypes(workflow);
        stuck.open();
        await().atMost(Scene.PATIENCE).until(() -> !ran.of("stuck").isEmpty());
        scene.awaitABystander("bystander");
        assertEquals(before, Scene.factTypes(workflow));
        assertEquals(2, Scene.facts(workflow, "stepCompleted").size());
        assertEquals(1, Scene.facts(workflow, "workflowCompleted").size());
    }

    @Test
    void shouldGoToAnotherQueueWhenToldTo() {
        // given a cancelled workflow of a queue that nobody works on
        WorkflowHandle<String> workflow =
                scene.start(scene.options("moved").queue(scene.otherQueue("deserted")), SteppedWorkflow.TYPE, 1);
        workflow.cancel();
        scene.work(new SteppedWorkflow(ran));
        // when it is resumed on the queue that a worker is there for
        workflow.resume(ResumeOptions.none().queue(scene.queue()));
        // then it runs there
        assertEquals("a1", workflow.result(Scene.PATIENCE));
        assertEquals(scene.queue(), workflow.describe().queue());
    }

    @Test
    void shouldRewindInPlaceAndKeepTheDroppedStepsInTheHistory() {
        // given a workflow that has completed
        scene.work(new SteppedWorkflow(ran));
        WorkflowHandle<String> workflow = scene.startSteps("rewound", 4);
        workflow.result(Scene.PATIENCE);
        // when it is rewound to its third step
        CommandResult answer = workflow.rewind(FromStep.number(3));
        // then it runs again from there, under its own id
        assertEquals(WorkflowStatus.ENQUEUED, answer.status());
        Scene.awaitStatus(workflow, WorkflowStatus.COMPLETED);
        assertEquals(
                List.of("step-1", "step-2", "step-3", "step-4", "step-3", "step-4"), ran.of(workflow.workflowId()));
        assertEquals(6, Scene.facts(workflow, "stepCompleted").size());
        assertEquals(4, workflow.describe().stepCount());
        assertEquals(3, Scene.fact(workflow, "reopened").details().get("fromStep"));
        assertEquals(true, Scene.fact(workflow, "reopened").details().get("rewind"));
    }

    @Test
    void shouldRefuseToRewindBeyondTheStepsOnRecordOrWhileItIsOpen() {
        // given a workflow in its first step
        Gate gate = scene.gate();
        scene.work(new SteppedWorkflow(ran).inside(1, gate::pass));
        WorkflowHandle<String> workflow = scene.startSteps("rewound", 2);
        gate.awaitArrival();
        // when it is rewound, then that is refused
        CommandRejectedException open =
                assertThrows(CommandRejectedException.class, () -> workflow.rewind(FromStep.number(1)));
        assertEquals(WorkflowStatus.RUNNING, open.status());
        // when it has completed, and is rewound beyond its steps, then that is refused with what is possible
        gate.open();
        workflow.result(Scene.PATIENCE);
        CommandRejectedException beyond =
                assertThrows(CommandRejectedException.class, () -> workflow.rewind(FromStep.number(4)));
        assertTrue(beyond.reason().contains("1 to 3"), beyond.reason());
        assertEquals(WorkflowStatus.COMPLETED, workflow.status());
    }
}
