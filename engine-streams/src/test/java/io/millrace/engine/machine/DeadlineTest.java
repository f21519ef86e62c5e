package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.startCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Timeouts, and deadlines that children have from their parents. All facts here are applied at {@link Given#BEGINNING}. */
class DeadlineTest {
    private final World world = new World();

    @Test
    void shouldCountAnOwnTimeoutFromTheFirstGrant() {
        parent(100L);
        assertEquals(Given.BEGINNING + 100, world.state("p").getDeadlineMs());
        world.take("p", new Input.DeadlineReached(Given.BEGINNING + 99));
        assertEquals(WorkflowStatus.RUNNING, world.status("p"));
        world.take("p", new Input.DeadlineReached(Given.BEGINNING + 100));
        assertEquals(WorkflowStatus.TIMED_OUT, world.status("p"));
        assertEquals(
                "not done within its timeout of 100 ms",
                world.state("p").getFailure().getMessage());
    }

    @Test
    void shouldGiveAChildItsParentsDeadlineFromItsStartOn() {
        parent(100L);
        child(null);
        assertEquals(Given.BEGINNING + 100, world.state("c").getDeadlineMs());
        world.take("c", new Input.DeadlineReached(Given.BEGINNING + 100));
        assertEquals(WorkflowStatus.TIMED_OUT, world.status("c"), "also one that never ran");
        assertEquals(
                "not done within the deadline of its parent",
                world.state("c").getFailure().getMessage());
    }

    @Test
    void shouldHoldAChildToTheEarlierOfTheTwo() {
        parent(100L);
        child(50L);
        world.granted("c");
        assertEquals(Given.BEGINNING + 50, world.state("c").getDeadlineMs());
        world.take("c", new Input.DeadlineReached(Given.BEGINNING + 50));
        assertEquals(
                "not done within its timeout of 50 ms",
                world.state("c").getFailure().getMessage());
    }

    @Test
    void shouldNotLetAChildRunLongerThanItsParent() {
        parent(100L);
        child(5_000L);
        world.granted("c");
        assertEquals(Given.BEGINNING + 100, world.state("c").getDeadlineMs());
        world.take("c", new Input.DeadlineReached(Given.BEGINNING + 100));
        assertEquals(
                "not done within the deadline of its parent",
                world.state("c").getFailure().getMessage());
    }

    @Test
    void shouldStartAfreshWhenItIsResumed() {
        parent(100L);
        child(70L);
        world.granted("c").take("c", new Input.DeadlineReached(Given.NOW)).commands("c", resume("r"));
        assertNull(world.state("c").getDeadlineMs());
        world.granted("c");
        assertEquals(Given.BEGINNING + 70, world.state("c").getDeadlineMs(), "its own alone");

        secondChild();
        world.take("d", new Input.DeadlineReached(Given.NOW)).commands("d", resume("r2"));
        world.granted("d");
        assertNull(world.state("d").getDeadlineMs(), "it has none of its own");
    }

    @Test
    void shouldNotBeInheritedByAFork() {
        parent(100L);
        world.commands("p", fork("f", "copy", 1)).granted("copy");
        assertNull(world.state("copy").getTimeoutMs());
        assertNull(world.state("copy").getDeadlineMs());

        var given = fork("f2", "copy-2", 1);
        given.getFork().setTimeoutMs(7L);
        world.commands("p", given).granted("copy-2");
        assertEquals(Given.BEGINNING + 7, world.state("copy-2").getDeadlineMs());
    }

    private void parent(Long timeoutMs) {
        Start start = demo();
        start.setTimeoutMs(timeoutMs);
        world.commands("p", startCommand("s", start)).granted("p");
    }

    private void child(@Nullable Long timeoutMs) {
        WorkerFact child = childStarted(1, "c");
        child.getChildStarted().getStart().setTimeoutMs(timeoutMs);
        world.reports("p", child);
    }

    private void secondChild() {
        world.reports("p", childStarted(2, "d"));
    }
}
