package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.ForkDescription;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.StepDescription;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fork runs on from any step of a workflow, under an id of its own, and its source does not notice. */
final class ForkAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    private WorkflowHandle<String> completed(int steps) {
        scene.work(new SteppedWorkflow(ran));
        WorkflowHandle<String> source = scene.startSteps("source", steps);
        source.result(Scene.PATIENCE);
        return source;
    }

    @Test
    void shouldRunOnlyTheStepsFromWhereItStarts() {
        // given a workflow that has completed five steps
        WorkflowHandle<String> source = completed(5);
        List<StepDescription> before = scene.steps(source);
        for (int start : new int[] {1, 3, 5, 6}) {
            // when it is forked at one of them, or behind the last one
            WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.number(start)));
            // then that one and all after it run, and none before it
            assertEquals("a1+a2+a3+a4+a5", fork.result(Scene.PATIENCE));
            assertEquals(
                    IntStream.rangeClosed(start, 5).mapToObj(n -> "step-" + n).toList(), ran.of(fork.workflowId()));
            assertEquals(5, scene.steps(fork).size());
            WorkflowDescription description = fork.describe();
            assertEquals(source.workflowId(), description.forkedFrom().orElseThrow());
            assertEquals(start, description.forkedFromStep().orElseThrow());
            assertEquals(scene.queue(), description.queue());
        }
        // and the source is as it was
        assertEquals(before.toString(), scene.steps(source).toString());
        assertEquals(5, ran.of(source.workflowId()).size());
        assertEquals(WorkflowStatus.COMPLETED, source.status());
        assertEquals(
                List.of(1, 3, 5, 6),
                source.forks().map(ForkDescription::startStep).toList());
    }

    @Test
    void shouldFindTheStepByItsName() {
        // given a workflow that has completed five steps
        WorkflowHandle<String> source = completed(5);
        // when it is forked at the fourth by its name, and at the last
        WorkflowHandle<String> named = source.fork(ForkOptions.from(FromStep.named("step-4")));
        WorkflowHandle<String> last = source.fork(ForkOptions.from(FromStep.lastStep()));
        // then they run from there
        named.result(Scene.PATIENCE);
        last.result(Scene.PATIENCE);
        assertEquals(List.of("step-4", "step-5"), ran.of(named.workflowId()));
        assertEquals(List.of("step-5"), ran.of(last.workflowId()));
    }

    @Test
    void shouldNameTheNumbersOfStepsThatShareTheName() {
        // given a workflow in which a name stands twice
        scene.work("repeating", String.class, (ctx, input) -> {
            ctx.step("begin", () -> {});
            ctx.step("again", () -> {});
            ctx.step("between", () -> {});
            ctx.step("again", () -> {});
            return "done";
        });
        WorkflowHandle<String> source = scene.start("source", "repeating", null);
        source.result(Scene.PATIENCE);
        // when it is forked by that name, then that is refused, and it is said which ones there are
        CommandRejectedException rejected = assertThrows(
                CommandRejectedException.class, () -> source.fork(ForkOptions.from(FromStep.named("again"))));
        assertTrue(rejected.reason().contains("2"), rejected.reason());
        assertTrue(rejected.reason().contains("4"), rejected.reason());
        // and a name that is not there is refused too
        CommandRejectedException unknown = assertThrows(
                CommandRejectedException.class, () -> source.fork(ForkOptions.from(FromStep.named("never"))));
        assertTrue(unknown.reason().contains("never"), unknown.reason());
    }

    @Test
    void shouldRefuseAnUnknownSource() {
        WorkflowHandle<String> nobody = scene.client().workflow(scene.id("nobody"), String.class);
        // when nobody's id is forked, then the answer says so, and nothing has come of it
        String forkId = scene.id("fork");
        assertThrows(
                WorkflowNotFoundException.class,
                () -> nobody.fork(ForkOptions.from(FromStep.number(1)).workflowId(forkId)));
        assertTrue(scene.client().describe(forkId).isEmpty());
    }

    @Test
    void shouldRefuseStepsThatAreOutOfRangeAndNameTheRange() {
        // given a workflow of three steps
        WorkflowHandle<String> source = completed(3);
        for (int step : new int[] {0, -1, 5, 1_000_000}) {
            // when it is forked at a step that is none, then that is refused with what is possible
            String forkId = scene.id("fork" + step);
            CommandRejectedException rejected = assertThrows(
                    CommandRejectedException.class,
                    () -> source.fork(ForkOptions.from(FromStep.number(step)).workflowId(forkId)));
            assertTrue(rejected.reason().contains("1 to 4"), rejected.reason());
            assertTrue(rejected.reason().contains(Integer.toString(step)), rejected.reason());
            assertTrue(scene.client().describe(forkId).isEmpty());
        }
        assertEquals(0, source.forks().count());
    }

    @Test
    void shouldTakeAChosenIdUnlessThereIsOne() {
        // given a workflow, and a fork of it under a chosen id
        WorkflowHandle<String> source = completed(2);
        String forkId = scene.id("chosen");
        ForkOptions options = ForkOptions.from(FromStep.number(2)).workflowId(forkId);
        WorkflowHandle<String> fork = source.fork(options);
        assertEquals(forkId, fork.workflowId());
        assertEquals("a1+a2", fork.result(Scene.PATIENCE));
        // when it is forked under that id again, or under its own, then that is refused and the first one stands
        CommandRejectedException taken = assertThrows(CommandRejectedException.class, () -> source.fork(options));
        assertTrue(taken.reason().contains(forkId), taken.reason());
        assertThrows(
                CommandRejectedException.class,
                () -> source.fork(ForkOptions.from(FromStep.number(1)).workflowId(source.workflowId())));
        assertEquals(List.of("step-2"), ran.of(forkId));
        assertEquals(
                List.of(forkId), source.forks().map(ForkDescription::workflowId).toList());
    }

    @Test
    void shouldGiveTheSameForkForTheSameCommandId() {
        // given a workflow, and a fork of it by a command of a known id
        WorkflowHandle<String> source = completed(2);
        ForkOptions options = ForkOptions.from(FromStep.number(1))
                .workflowId(scene.id("fork"))
                .commandId(scene.id("command"));
        WorkflowHandle<String> first = source.fork(options);
        first.result(Scene.PATIENCE);
        // when the command is sent again, then it has the same answer, and no other effect
        assertEquals(first.workflowId(), source.fork(options).workflowId());
        assertEquals(1, source.forks().count());
        assertEquals(2, ran.of(first.workflowId()).size());
    }

    @Test
    void shouldRunOnAFixedVersionFromTheLastFailure() {
        // given a workflow of version v1 that has failed at its third step, and a worker of v2 that would not
        scene.start(scene.worker()
                .applicationVersion("v1")
                .workflow(SteppedWorkflow.TYPE, Integer.class, new SteppedWorkflow(ran).failingAt(3)));
        WorkflowHandle<String> source =
                scene.start(scene.options("source").applicationVersion("v1"), SteppedWorkflow.TYPE, 4);
        Scene.awaitStatus(source, WorkflowStatus.FAILED);
        scene.start(scene.worker()
                .applicationVersion("v2")
                .workflow(SteppedWorkflow.TYPE, Integer.class, new SteppedWorkflow(ran).labelled("b")));
        // when it is forked to v2 from its last failure
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.lastFailure())
                .applicationVersion("v2")
                .reason("step 3 is repaired"));
        // then the fork has what v1 had completed, and completes
        assertEquals("a1+a2+b3+b4", fork.result(Scene.PATIENCE));
        assertEquals(List.of("step-3", "step-4"), ran.of(fork.workflowId()));
        assertEquals("v2", fork.describe().applicationVersion().orElseThrow());
        assertEquals(WorkflowStatus.FAILED, source.status());
        assertEquals(
                "step 3 is repaired", Scene.fact(source, "forkAsked").details().get("reason"));
    }

    @Test
    void shouldWaitForAWorkerOfItsVersion() {
        // given a workflow of no version, and its fork to a version that nobody runs
        WorkflowHandle<String> source = completed(2);
        WorkflowHandle<String> fork =
                source.fork(ForkOptions.from(FromStep.number(2)).applicationVersion("v9"));
        // when others run, then it waits, and says for whom
        scene.awaitABystander("bystander");
        assertEquals(WorkflowStatus.ENQUEUED, fork.status());
        String waitingFor = fork.describe().waitingFor().orElseThrow();
        assertTrue(waitingFor.contains("v9"), waitingFor);
        // when a worker of that version comes, then it runs there
        scene.start(scene.worker()
                .applicationVersion("v9")
                .workflow(SteppedWorkflow.TYPE, Integer.class, new SteppedWorkflow(ran).labelled("i")));
        assertEquals("a1+i2", fork.result(Scene.PATIENCE));
    }

    @Test
    void shouldForkARunningWorkflowWhichGoesOn() {
        // given a workflow in its third step
        Gate gate = scene.gate();
        AtomicInteger arrivals = new AtomicInteger();
        scene.work(new SteppedWorkflow(ran).inside(3, () -> {
            if (arrivals.incrementAndGet() == 1) {
                gate.pass();
            }
        }));
        WorkflowHandle<String> source = scene.startSteps("source", 3);
        gate.awaitArrival();
        // when it is forked behind what it has completed
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.number(3)));
        // then the fork completes while its source is still where it was, and that completes, too
        assertEquals("a1+a2+a3", fork.result(Scene.PATIENCE));
        assertEquals(WorkflowStatus.RUNNING, source.status());
        gate.open();
        assertEquals("a1+a2+a3", source.result(Scene.PATIENCE));
        assertEquals(1, source.describe().attempts());
    }

    @Test
    void shouldTakeAnotherInputOnlyFromTheFirstStep() {
        // given a workflow of two steps
        WorkflowHandle<String> source = completed(2);
        // when it is forked with another input from its second step, then that is refused
        CommandRejectedException rejected = assertThrows(
                CommandRejectedException.class,
                () -> source.fork(ForkOptions.from(FromStep.number(2)).input(3)));
        assertTrue(rejected.reason().contains("input"), rejected.reason());
        // when that is from its first step, then it is taken
        WorkflowHandle<String> fork =
                source.fork(ForkOptions.from(FromStep.number(1)).input(3));
        assertEquals("a1+a2+a3", fork.result(Scene.PATIENCE));
    }

    @Test
    void shouldGoToTheQueueOfItsSourceOrTheOneThatIsGiven() {
        // given a workflow
        WorkflowHandle<String> source = completed(1);
        String other = scene.otherQueue("other");
        // when it is forked to another queue
        WorkflowHandle<String> fork =
                source.fork(ForkOptions.from(FromStep.number(1)).queue(other));
        // then it is there, and is run by whoever takes from it
        assertEquals(other, fork.describe().queue());
        scene.start(scene.worker()
                .queue(other)
                .workflow(SteppedWorkflow.TYPE, Integer.class, new SteppedWorkflow(ran).labelled("o")));
        assertEquals("o1", fork.result(Scene.PATIENCE));
        assertNotEquals(source.describe().queue(), other);
    }
}
