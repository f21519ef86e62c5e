package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.terminate;
import static io.millrace.engine.testing.Reports.cancelled;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.failedBy;
import static io.millrace.engine.testing.Reports.surfaced;
import static io.millrace.engine.testing.Samples.attemptFailed;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.json;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.startCommand;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Children: how they start, how they end, and what becomes of them when their parent does. */
class ChildrenTest {
    private final World world = new World();

    @Test
    void shouldStartAChildAndHearOfItsEnd() {
        world.runs("p").reports("p", childStarted(1, "p/1"));
        assertEquals(WorkflowStatus.ENQUEUED, world.status("p/1"));
        assertEquals("p", world.state("p/1").getParentWorkflowId());
        assertEquals(1, world.state("p/1").getParentStep());
        assertEquals(StepStatus.WAITING, child("p", 1).getStatus());

        world.granted("p/1").reports("p/1", completed(0));
        assertEquals(StepStatus.COMPLETED, child("p", 1).getStatus());
        assertEquals(json("\"done\""), child("p", 1).getOutput());
        assertEquals(1, world.state("p").getStepCount());
    }

    @Test
    void shouldHearOfAChildThatFailed() {
        world.runs("p").reports("p", childStarted(1, "p/1"));
        world.granted("p/1").reports("p/1", failed(0));
        assertEquals(StepStatus.FAILED, child("p", 1).getStatus());
        assertEquals("io.millrace.child.FAILED", child("p", 1).getFailure().getType());
        assertEquals("java.io.IOException: broken", child("p", 1).getFailure().getMessage());
    }

    @Test
    void shouldGoOnWithTheEndOfAChildThatComesWhileTheParentIsLetGoOfForSomethingElse() {
        // The code waits for the child, and a step beside it for another attempt, in an hour; the worker parks for
        // that.
        World ended =
                new World().runs("p").reports("p", childStarted(1, "p/1"), attemptFailed(2, 1, Given.NOW + 3_600_000));
        ended.granted("p/1").reports("p/1", completed(0));
        ended.reports("p", parked(2, Given.NOW + 3_600_000));
        assertTrue(Statuses.isDispatchable(ended.of("p").workflow()), "it has not heard of the end");

        World told =
                new World().runs("p").reports("p", childStarted(1, "p/1"), attemptFailed(2, 1, Given.NOW + 3_600_000));
        told.granted("p/1").reports("p/1", completed(0));
        WorkerFact knowing = parked(2, Given.NOW + 3_600_000);
        knowing.getParked().setEndsSeen(1);
        told.reports("p", knowing);
        assertFalse(
                Statuses.isDispatchable(told.of("p").workflow()), "it has, and parks for the other step all the same");
    }

    @Test
    void shouldNotStartAChildUnderAnIdThatIsTaken() {
        world.runs("other").runs("p").reports("p", childStarted(1, "other"));
        assertNull(world.state("other").getParentWorkflowId());
        assertEquals("io.millrace.child.UNKNOWN", child("p", 1).getFailure().getType());
        assertTrue(child("p", 1).getFailure().getMessage().endsWith("the workflow id other is taken"));

        world.reports("p", childStarted(2, "p"));
        assertEquals(StepStatus.FAILED, child("p", 2).getStatus(), "nobody is a child of its own");
    }

    @Test
    void shouldHoldAChildToTheRulesOfEveryWorkflow() {
        world.runs("p").reports("p", childStarted(1, "a\nb"));
        assertTrue(child("p", 1).getFailure().getMessage().contains("control character"));
        WorkerFact delayed = childStarted(2, "p/2");
        delayed.getChildStarted().getStart().setDelayMs(-1L);
        world.reports("p", delayed);
        assertTrue(child("p", 2).getFailure().getMessage().contains("must not be negative"));
        assertEquals(WorkflowStatus.UNKNOWN, world.status("p/2"));
    }

    @Test
    void shouldNotStartAChildAfterACancel() {
        world.runs("p").commands("p", cancel("x")).reports("p", childStarted(1, "p/1"));
        assertEquals(WorkflowStatus.UNKNOWN, world.status("p/1"));
        assertTrue(child("p", 1).getFailure().getMessage().endsWith("its parent was cancelled"));
    }

    @Test
    void shouldStopChildrenAsTheirPolicySays() {
        Consumer<World> completes = each -> each.reports("p", completed(3));
        Consumer<World> fails = each -> each.reports("p", failed(3));
        Consumer<World> timesOut = each -> each.take("p", new Input.DeadlineReached(Long.MAX_VALUE));
        Consumer<World> isTerminated = each -> each.commands("p", terminate("x"));
        Consumer<World> isTerminatedAlone = each -> each.commands("p", terminate("x", false));
        Consumer<World> isCancelled = each -> each.commands("p", cancel("x"));
        Consumer<World> isCancelledAlone = each -> each.commands("p", cancel("x", false));
        String byPolicy = "CANCELLED TERMINATED ENQUEUED";
        assertEquals(byPolicy, childrenAfter(completes));
        assertEquals(byPolicy, childrenAfter(fails));
        assertEquals(byPolicy, childrenAfter(timesOut));
        assertEquals(byPolicy, childrenAfter(isCancelled));
        assertEquals("TERMINATED TERMINATED ENQUEUED", childrenAfter(isTerminated));
        assertEquals("ENQUEUED ENQUEUED ENQUEUED", childrenAfter(isTerminatedAlone));
        assertEquals("ENQUEUED ENQUEUED ENQUEUED", childrenAfter(isCancelledAlone));
    }

    /** What becomes of one child to cancel, one to terminate and one to abandon. */
    private static String childrenAfter(Consumer<World> end) {
        World world = new World();
        Start start = demo();
        start.setTimeoutMs(1L);
        world.commands("p", startCommand("s", start)).granted("p");
        world.reports(
                "p",
                childStarted(1, "a", ParentClosePolicy.CANCEL),
                childStarted(2, "b", ParentClosePolicy.TERMINATE),
                childStarted(3, "c", ParentClosePolicy.ABANDON));
        end.accept(world);
        return world.status("a") + " " + world.status("b") + " " + world.status("c");
    }

    @Test
    void shouldBeCancelledOnlyWhenItsCancelledChildrenAreAtAnyDepth() {
        world.runs("p").reports("p", childStarted(1, "c")).granted("c");
        world.reports("c", childStarted(1, "g")).granted("g");
        world.commands("p", cancel("x"));
        assertEquals(
                List.of(WorkflowStatus.CANCELLING, WorkflowStatus.CANCELLING, WorkflowStatus.CANCELLING),
                List.of(world.status("p"), world.status("c"), world.status("g")));

        world.reports("p", surfaced(1, 1), cancelled(1));
        world.reports("c", surfaced(1, 1), cancelled(1));
        assertEquals(WorkflowStatus.CANCELLING, world.status("p"), "its code has ended, its child has not");
        assertEquals("the end of its cancelled children", world.state("p").getWaitingFor());
        assertFalse(Statuses.isDispatchable(world.of("p").workflow()), "there is nothing to run");
        assertNull(Statuses.ownerOf(world.of("p").workflow()));

        world.reports("g", surfaced(0, 1), cancelled(0));
        assertEquals(
                List.of(WorkflowStatus.CANCELLED, WorkflowStatus.CANCELLED, WorkflowStatus.CANCELLED),
                List.of(world.status("p"), world.status("c"), world.status("g")));
    }

    @Test
    void shouldWaitForTheCodeWhereTheChildrenHaveStopped() {
        world.runs("p").reports("p", childStarted(1, "c")).commands("p", cancel("x"));
        assertEquals(WorkflowStatus.CANCELLED, world.status("c"));
        assertEquals(WorkflowStatus.CANCELLING, world.status("p"));
        world.reports("p", surfaced(1, 1), cancelled(1));
        assertEquals(WorkflowStatus.CANCELLED, world.status("p"));
    }

    @Test
    void shouldNotWaitForAChildThatIsLeftToItself() {
        world.runs("p").reports("p", childStarted(1, "c")).commands("p", cancel("x", false));
        world.reports("p", surfaced(1, 1), cancelled(1));
        assertEquals(WorkflowStatus.CANCELLED, world.status("p"));
        assertEquals(WorkflowStatus.ENQUEUED, world.status("c"));
    }

    @Test
    void shouldStopAChildWhoseStartIsStillUnderWay() {
        world.runs("p").hold().reports("p", childStarted(1, "c")).commands("p", cancel("x"));
        world.deliver();
        assertEquals(WorkflowStatus.CANCELLED, world.status("c"));
        assertEquals(StepStatus.FAILED, child("p", 1).getStatus());
    }

    @Test
    void shouldTellAClosedParentToo() {
        world.runs("p").reports("p", childStarted(1, "c", ParentClosePolicy.ABANDON), completed(1));
        assertEquals(WorkflowStatus.COMPLETED, world.status("p"));
        assertEquals(0, world.state("p").getStepCount());
        world.granted("c").reports("c", completed(0));
        assertEquals(WorkflowStatus.COMPLETED, world.status("p"));
        assertEquals(StepStatus.COMPLETED, child("p", 1).getStatus());
        assertEquals(1, world.state("p").getStepCount());
    }

    @Test
    void shouldStartAStoppedChildAnewWhenItIsResumed() {
        world.runs("p").reports("p", stepCompleted(1), childStarted(2, "p/2"));
        world.commands("p", cancel("x")).reports("p", surfaced(2, 1), cancelled(2));
        world.commands("p", resume("r"));
        assertEquals(List.of(1), seqs("p"));
        world.granted("p").reports("p", childStarted(2, "p/2.1"));
        world.granted("p/2.1").reports("p/2.1", completed(0));
        world.reports("p", completed(2));
        assertEquals(WorkflowStatus.COMPLETED, world.status("p"));
    }

    @Test
    void shouldKeepAChildThatCameToItsEndWhileItsParentStopped() {
        world.runs("p").reports("p", childStarted(1, "c")).granted("c").commands("p", cancel("x"));
        world.reports("c", completed(0));
        world.reports("p", surfaced(1, 1), cancelled(1)).commands("p", resume("r"));
        assertEquals(StepStatus.COMPLETED, child("p", 1).getStatus());
    }

    @Test
    void shouldNotWaitWhenItIsResumedForAChildThatWasToldToStop() {
        world.runs("p").reports("p", childStarted(1, "c"), childStarted(2, "d", ParentClosePolicy.ABANDON));
        world.granted("c").granted("d").reports("p", failed(2));
        assertEquals(WorkflowStatus.CANCELLING, world.status("c"));
        world.commands("p", resume("r"));
        assertEquals(List.of(2), seqs("p"), "the child that goes on is still its own");

        world.reports("c", surfaced(0, 1), cancelled(0));
        assertEquals(List.of(2), seqs("p"), "the old child's end is not that of the new one");
        world.reports("d", completed(0));
        assertEquals(StepStatus.COMPLETED, child("p", 2).getStatus());
    }

    @Test
    void shouldAnswerAParentThatStartsAnEndedChildOfItsOwnAgain() {
        world.runs("p").reports("p", childStarted(1, "c")).granted("c");
        world.reports("c", failed(0));
        world.reports("p", failedBy(1, 1, 1)).commands("p", resume("r")).granted("p");
        world.reports("p", childStarted(1, "c"));
        assertEquals("io.millrace.child.FAILED", child("p", 1).getFailure().getType());
    }

    @Test
    void shouldCountStepsWithOpenChildrenAmongThem() {
        world.runs("p").reports("p", stepCompleted(1), childStarted(2, "c"), stepCompleted(3));
        assertEquals(2, world.state("p").getStepCount());
        for (int wrong : new int[] {2, 4}) {
            Decision decision = world.of("p").whenOwnerReports(completed(wrong));
            assertTrue(decision.facts().get(0).getWorkerLost() != null, "" + wrong);
        }
        world.reports("p", completed(3));
        assertEquals(WorkflowStatus.COMPLETED, world.status("p"));
        assertEquals(WorkflowStatus.CANCELLED, world.status("c"));
        assertEquals(3, world.state("p").getStepCount());
    }

    private RecordedStep child(String parentId, int seq) {
        return world.of(parentId).journal().step(seq).orElseThrow();
    }

    private List<Integer> seqs(String id) {
        return world.of(id).journal().steps().stream().map(RecordedStep::getSeq).toList();
    }
}
