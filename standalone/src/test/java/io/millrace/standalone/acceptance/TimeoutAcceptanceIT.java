package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowTimedOutException;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.ChildOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workflows that take longer than they may, and who has to do with their time limits. */
final class TimeoutAcceptanceIT {
    private static final Duration SHORT = Duration.ofSeconds(2);

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    /** A workflow of three steps, which ran out of time in its second one. */
    private WorkflowHandle<String> timedOut(Gate gate) {
        scene.work(new SteppedWorkflow(ran).inside(2, gate::pass));
        WorkflowHandle<String> workflow = scene.start(scene.options("late").timeout(SHORT), SteppedWorkflow.TYPE, 3);
        Scene.awaitStatus(workflow, WorkflowStatus.TIMED_OUT);
        return workflow;
    }

    @Test
    void shouldEndOneThatTakesTooLong() {
        // given a workflow that may take two seconds, and takes longer
        Gate gate = scene.gate();
        WorkflowHandle<String> workflow = timedOut(gate);
        // then whoever waits for it is told so, and its third step never runs
        WorkflowTimedOutException thrown =
                assertThrows(WorkflowTimedOutException.class, () -> workflow.result(Scene.PATIENCE));
        assertEquals(WorkflowStatus.TIMED_OUT, thrown.status());
        gate.open();
        scene.awaitABystander("bystander");
        assertEquals(List.of("step-1", "step-2"), ran.of(workflow.workflowId()));
        assertEquals(
                SHORT.toMillis(),
                Scene.fact(workflow, "workflowTimedOut").details().get("timeoutMs"));
    }

    @Test
    void shouldHaveItsTimeAfreshWhenResumed() {
        // given a workflow that has timed out
        Gate gate = scene.gate();
        WorkflowHandle<String> workflow = timedOut(gate);
        // when what held it up is gone, and it is resumed
        gate.open();
        Instant resumed = Instant.now();
        workflow.resume();
        // then it has time enough to complete
        assertEquals("a1+a2+a3", workflow.result(Scene.PATIENCE));
        Instant deadline = workflow.describe().deadline().orElseThrow();
        assertTrue(deadline.isAfter(resumed.plus(SHORT).minusMillis(500)), deadline + " after " + resumed);
    }

    @Test
    void shouldNotBeInheritedByAFork() {
        // given a workflow that has timed out
        Gate gate = scene.gate();
        WorkflowHandle<String> source = timedOut(gate);
        // when it is forked
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.number(2)));
        WorkflowHandle<String> limited =
                source.fork(ForkOptions.from(FromStep.number(2)).timeout(Duration.ofHours(1)));
        // then the fork has no time limit unless it is given one
        gate.open();
        assertEquals("a1+a2+a3", fork.result(Scene.PATIENCE));
        assertEquals("a1+a2+a3", limited.result(Scene.PATIENCE));
        assertEquals(Optional.empty(), fork.describe().timeout());
        assertEquals(Optional.empty(), fork.describe().deadline());
        assertEquals(Optional.of(Duration.ofHours(1)), limited.describe().timeout());
    }

    @Test
    void shouldHoldForChildrenToo() {
        // given a parent that may take two seconds, and whose child takes longer and does not end with it
        scene.start(scene.worker()
                .workflow("slow", String.class, (ctx, input) -> {
                    ctx.sleep(Duration.ofHours(1));
                    return "awake";
                })
                .workflow(
                        "parent",
                        String.class,
                        (ctx, input) -> ctx.child(
                                        "slow",
                                        null,
                                        String.class,
                                        ChildOptions.DEFAULT.whenParentCloses(ParentClosePolicy.ABANDON))
                                .result()));
        WorkflowHandle<String> parent = scene.start(scene.options("parent").timeout(SHORT), "parent", null);
        WorkflowHandle<String> child = scene.child(parent, 1);
        scene.awaitExists(child);
        // then the child has its parent's deadline
        assertEquals(parent.describe().deadline(), child.describe().deadline());
        assertTrue(child.describe().deadline().isPresent());
        // and when that comes, both have timed out
        Scene.awaitStatus(parent, WorkflowStatus.TIMED_OUT);
        Scene.awaitStatus(child, WorkflowStatus.TIMED_OUT);
        assertEquals(0L, Scene.fact(child, "workflowTimedOut").details().get("timeoutMs"));
    }

    @Test
    void shouldStopTheChildrenOfOneThatHasTimedOut() {
        // given a parent that may take two seconds, and whose child is in a step for longer than that
        Gate gate = scene.gate();
        scene.start(scene.worker()
                .workflow("busy", String.class, (ctx, input) -> {
                    ctx.step("busy", gate::pass);
                    return ctx.step("next", String.class, () -> {
                        ran.add(ctx.workflowId(), "next");
                        return "done";
                    });
                })
                .workflow(
                        "parent",
                        String.class,
                        (ctx, input) -> ctx.child("busy", null, String.class).result()));
        WorkflowHandle<String> parent = scene.start(scene.options("parent").timeout(SHORT), "parent", null);
        WorkflowHandle<String> child = scene.child(parent, 1);
        gate.awaitArrival();
        // when the time is over
        Scene.awaitStatus(parent, WorkflowStatus.TIMED_OUT);
        // then the child has timed out as well, or was cancelled by then
        gate.open();
        assertThrows(WorkflowFailedException.class, () -> child.result(Scene.PATIENCE));
        assertEquals(List.of(), ran.of(child.workflowId()));
    }
}
