package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.ResumeOptions;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.Child;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.ChildWorkflowException;
import io.millrace.worker.WorkflowCancelledException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workflows that start workflows: what becomes of the ones when the others are stopped, fail or end. */
final class ChildAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    /** A parent, its child and its grandchild, which is in a step. */
    private final class Family {
        private final Gate gate = scene.gate();
        private final WorkflowHandle<String> parent;
        private final WorkflowHandle<String> child;
        private final WorkflowHandle<String> grandchild;

        Family() {
            scene.start(scene.worker()
                    .workflow(
                            "parent",
                            String.class,
                            (ctx, input) -> "parent of "
                                    + ctx.child("child", null, String.class).result())
                    .workflow(
                            "child",
                            String.class,
                            (ctx, input) -> "child, parent of "
                                    + ctx.child("grandchild", null, String.class)
                                            .result())
                    .workflow("grandchild", String.class, (ctx, input) -> {
                        ctx.step("busy", gate::pass);
                        ctx.step("next", () -> ran.add(ctx.workflowId(), "next"));
                        return "grandchild";
                    }));
            parent = scene.start("parent", "parent", null);
            child = scene.child(parent, 1);
            grandchild = scene.child(child, 1);
            gate.awaitArrival();
        }

        List<WorkflowStatus> statuses() {
            return List.of(parent.status(), child.status(), grandchild.status());
        }

        void assertAllEndAs(WorkflowStatus status) {
            Scene.awaitStatus(grandchild, status);
            Scene.awaitStatus(child, status);
            Scene.awaitStatus(parent, status);
        }
    }

    @Test
    void shouldReturnTheResultsOfChildrenAndNameThemAfterTheirParents() {
        // given a family
        Family family = new Family();
        // when the youngest can go on
        family.gate.open();
        // then each returns what its child has
        assertEquals("parent of child, parent of grandchild", family.parent.result(Scene.PATIENCE));
        assertEquals(
                family.parent.workflowId(), family.child.describe().parent().orElseThrow());
        assertEquals(1, family.child.describe().parentStep().orElseThrow());
        assertEquals(StepKind.CHILD, scene.steps(family.parent).get(0).kind());
        assertEquals(
                family.child.workflowId(),
                scene.steps(family.parent).get(0).childWorkflowId().orElseThrow());
        assertEquals(
                List.of(family.child.workflowId()),
                scene.client().list(WorkflowFilter.all().parent(family.parent.workflowId())).workflows().stream()
                        .map(found -> found.workflowId())
                        .toList());
    }

    @Test
    void shouldCancelChildrenAndGrandchildrenAndHaveStoppedWhenTheyHave() {
        // given a family
        Family family = new Family();
        // when the eldest is cancelled
        assertEquals(WorkflowStatus.CANCELLING, family.parent.cancel().status());
        // then nobody has stopped while the youngest is in its step
        Scene.awaitStatus(family.grandchild, WorkflowStatus.CANCELLING);
        assertEquals(
                List.of(WorkflowStatus.CANCELLING, WorkflowStatus.CANCELLING, WorkflowStatus.CANCELLING),
                family.statuses());
        // when that ends, then they have stopped, the youngest first
        family.gate.open();
        family.assertAllEndAs(WorkflowStatus.CANCELLED);
        assertFalse(endOf(family.parent).isBefore(endOf(family.child)));
        assertFalse(endOf(family.child).isBefore(endOf(family.grandchild)));
        assertEquals(List.of(), ran.of(family.grandchild.workflowId()));
    }

    private static Instant endOf(WorkflowHandle<String> workflow) {
        return workflow.describe().completedAt().orElseThrow();
    }

    @Test
    void shouldCancelAParentWhoseChildHasStoppedBeforeItLooksAndDoAsIfNothingHadBeenWhenResumed() {
        // given a parent that is in a step, and would do something else if its child failed
        Gate gate = scene.gate();
        scene.start(scene.worker()
                .workflow("parent", String.class, (ctx, input) -> {
                    Child<String> child = ctx.child("child", null, String.class);
                    ctx.step("busy", gate::pass);
                    try {
                        return child.result();
                    } catch (ChildWorkflowException e) {
                        ctx.shielded(() -> ctx.step("instead", () -> ran.add(ctx.workflowId(), "instead")));
                        throw e;
                    }
                })
                .workflow("child", String.class, (ctx, input) -> ctx.receive("word", String.class)));
        WorkflowHandle<String> parent = scene.start("parent", "parent", null);
        WorkflowHandle<String> child = scene.child(parent, 1);
        gate.awaitArrival();
        scene.awaitExists(child);
        // when it is cancelled, and its child has stopped before the step ends
        parent.cancel();
        Scene.awaitStatus(child, WorkflowStatus.CANCELLED);
        gate.open();
        // then it is cancelled and has not failed
        Scene.awaitStatus(parent, WorkflowStatus.CANCELLED);
        assertEquals(List.of(), ran.of(parent.workflowId()));
        // when it is resumed, then it has a new child, and goes on as if nothing had been
        parent.resume(ResumeOptions.none());
        WorkflowHandle<String> again = scene.workflow(parent.workflowId() + "/1.1");
        scene.awaitExists(again);
        again.send("word", "done");
        assertEquals("done", parent.result(Scene.PATIENCE));
    }

    @Test
    void shouldLeaveChildrenAloneWhenCancelledWithoutThem() {
        // given a family
        Family family = new Family();
        // when the eldest is cancelled without its children
        family.parent.cancel(StopOptions.because("only this one").withoutChildren());
        // then the others go on, and end by themselves
        Scene.awaitStatus(family.parent, WorkflowStatus.CANCELLED);
        assertEquals(
                List.of(WorkflowStatus.CANCELLED, WorkflowStatus.RUNNING, WorkflowStatus.RUNNING), family.statuses());
        family.gate.open();
        assertEquals("child, parent of grandchild", family.child.result(Scene.PATIENCE));
        assertEquals(WorkflowStatus.COMPLETED, family.grandchild.status());
        assertEquals(WorkflowStatus.CANCELLED, family.parent.status());
    }

    @Test
    void shouldTerminateChildrenAndGrandchildrenAtOnce() {
        // given a family
        Family family = new Family();
        // when the eldest is terminated
        assertEquals(WorkflowStatus.TERMINATED, family.parent.terminate().status());
        // then all are, though the youngest is in its step
        family.assertAllEndAs(WorkflowStatus.TERMINATED);
        assertEquals(List.of(), ran.of(family.grandchild.workflowId()));
    }

    @Test
    void shouldThrowATypedExceptionForAChildThatFails() {
        // given a parent that looks at how its child fails
        scene.start(scene.worker()
                .workflow("failing", String.class, (ctx, input) -> {
                    throw new IllegalStateException("no such luck");
                })
                .workflow("parent", String.class, (ctx, input) -> outcomeOf(ctx.child("failing", null, String.class))));
        // when it has run
        WorkflowHandle<String> parent = scene.start("parent", "parent", null);
        // then it has seen who failed, and why
        assertEquals(
                parent.workflowId() + "/1 FAILED java.lang.IllegalStateException: no such luck",
                parent.result(Scene.PATIENCE));
    }

    @Test
    void shouldThrowATypedExceptionForAChildThatIsCancelled() {
        // given a parent that waits for its child
        Gate gate = scene.gate();
        scene.start(scene.worker()
                .workflow("busy", String.class, (ctx, input) -> {
                    ctx.step("busy", gate::pass);
                    return ctx.step("next", String.class, () -> "done");
                })
                .workflow("parent", String.class, (ctx, input) -> outcomeOf(ctx.child("busy", null, String.class))));
        WorkflowHandle<String> parent = scene.start("parent", "parent", null);
        gate.awaitArrival();
        // when the child alone is cancelled
        scene.child(parent, 1).cancel();
        gate.open();
        // then the parent sees that, and goes on
        assertEquals(parent.workflowId() + "/1 CANCELLED : ", parent.result(Scene.PATIENCE));
    }

    private static String outcomeOf(Child<String> child) {
        try {
            return child.result();
        } catch (ChildWorkflowException e) {
            return e.workflowId() + " " + e.status() + " " + e.failureType() + ": " + e.failureMessage();
        }
    }

    @Test
    void shouldDoWithOpenChildrenAsTheirPolicySaysWhenTheParentEnds() {
        // given a parent that does not wait for its three children
        Gate gate = scene.gate();
        Gate end = scene.gate();
        scene.start(scene.worker()
                .workflow("busy", String.class, (ctx, input) -> {
                    ctx.step("busy", gate::pass);
                    return ctx.step("next", String.class, () -> "done");
                })
                .workflow("parent", String.class, (ctx, input) -> {
                    for (ParentClosePolicy policy :
                            List.of(ParentClosePolicy.CANCEL, ParentClosePolicy.TERMINATE, ParentClosePolicy.ABANDON)) {
                        ctx.child("busy", null, String.class, ChildOptions.DEFAULT.whenParentCloses(policy));
                    }
                    ctx.step("wait", end::pass);
                    return "done";
                }));
        WorkflowHandle<String> parent = scene.start("parent", "parent", null);
        gate.awaitArrivals(3);
        // when it ends
        end.open();
        assertEquals("done", parent.result(Scene.PATIENCE));
        // then one child is being cancelled, one is terminated, and one goes on
        Scene.awaitStatus(scene.child(parent, 1), WorkflowStatus.CANCELLING);
        Scene.awaitStatus(scene.child(parent, 2), WorkflowStatus.TERMINATED);
        assertEquals(WorkflowStatus.RUNNING, scene.child(parent, 3).status());
        gate.open();
        Scene.awaitStatus(scene.child(parent, 1), WorkflowStatus.CANCELLED);
        assertEquals("done", scene.child(parent, 3).result(Scene.PATIENCE));
    }

    @Test
    void shouldRefuseToStartAChildAfterACancel() {
        // given a workflow that tries to start children when it is cancelled
        Gate gate = scene.gate();
        scene.start(scene.worker()
                .workflow("child", String.class, (ctx, input) -> "never")
                .workflow("parent", String.class, (ctx, input) -> {
                    try {
                        ctx.step("busy", gate::pass);
                        return ctx.step("next", String.class, () -> "done");
                    } catch (WorkflowCancelledException cancelled) {
                        ran.add(ctx.workflowId(), thrownBy(() -> ctx.child("child", null, String.class)));
                        ran.add(
                                ctx.workflowId(),
                                thrownBy(() -> ctx.shielded(() -> {
                                    ctx.child("child", null, String.class);
                                })));
                        throw cancelled;
                    }
                }));
        WorkflowHandle<String> parent = scene.start("parent", "parent", null);
        gate.awaitArrival();
        // when it is cancelled
        parent.cancel();
        gate.open();
        // then neither way of doing so has worked
        Scene.awaitStatus(parent, WorkflowStatus.CANCELLED);
        assertEquals(List.of("WorkflowCancelledException", "IllegalStateException"), ran.of(parent.workflowId()));
        assertEquals(List.of(), Scene.facts(parent, "childStarted"));
        assertTrue(scene.client()
                .list(WorkflowFilter.all().parent(parent.workflowId()))
                .workflows()
                .isEmpty());
    }

    private static String thrownBy(Runnable code) {
        try {
            code.run();
            return "nothing";
        } catch (WorkflowCancelledException | RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    @Test
    void shouldNotStartAChildWhoseIdIsTaken() {
        // given a workflow of some id
        scene.start(scene.worker()
                .workflow("child", String.class, (ctx, input) -> "first")
                .workflow(
                        "parent",
                        String.class,
                        (ctx, input) -> outcomeOf(
                                ctx.child("child", null, String.class, ChildOptions.DEFAULT.workflowId(input)))));
        WorkflowHandle<String> first = scene.start("taken", "child", null);
        assertEquals("first", first.result(Scene.PATIENCE));
        // when another one starts a child of the same id
        WorkflowHandle<String> parent = scene.start("parent", "parent", first.workflowId());
        // then it sees that it could not be started
        String outcome = parent.result(Scene.PATIENCE);
        assertTrue(outcome != null && outcome.startsWith(first.workflowId() + " UNKNOWN "), outcome);
        assertTrue(first.describe().parent().isEmpty());
    }
}
