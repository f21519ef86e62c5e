package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.StepPoint;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowBulkTest extends CliTest {
    @ParameterizedTest
    @ValueSource(strings = {"cancel", "terminate", "resume", "fork"})
    void shouldCountBeforeAnythingIsDone(String verb) {
        start("a", "b");

        assertEquals(0, run(verb, "--filter-name", "t", "--dry-run"));
        assertPrinted("would " + verb + " 2 workflows with name=t");
        assertNull(engine.lastCommand("a"));
        assertEquals(0, run(verb, "--all", "--yes"));
        assertPrinted("a   accepted");
        assertPrinted("b   accepted");
        assertNoted("2 accepted, 0 rejected.");
    }

    @Test
    void shouldChooseByEveryFilter() {
        start("a");

        assertEquals(
                0,
                run(
                        "cancel",
                        "--yes",
                        "--filter-status",
                        "running,ENQUEUED",
                        "--filter-name",
                        "t",
                        "--filter-queue",
                        "default",
                        "--filter-id-prefix",
                        "a",
                        "--filter-version",
                        "1",
                        "--filter-created-after",
                        "2026-01-01T00:00:00Z",
                        "--filter-created-before",
                        "2027-01-01T00:00:00Z",
                        "--filter-parent",
                        "p",
                        "--filter-forked-from",
                        "f",
                        "--filter-attribute",
                        "k=v",
                        "--per-second",
                        "1000",
                        "--limit",
                        "5",
                        "--reason",
                        "why",
                        "--no-cascade"));

        assertEquals(
                List.of(WorkflowStatus.RUNNING, WorkflowStatus.ENQUEUED),
                engine.lastConditions().getStatuses());
        assertEquals("p", engine.lastConditions().getParentWorkflowId());
        assertEquals("f", engine.lastConditions().getForkedFrom());
        assertEquals("v", engine.lastConditions().getAttributes().get("k"));
        assertEquals("why", command("a").getReason());
    }

    @Test
    void shouldAskFirstWhereSomebodyCanBeAsked() {
        start("a", "b");
        terminal.answers(false);

        assertEquals(1, run("cancel", "--filter-status", "ENQUEUED", "--filter-queue", "default"));
        assertEquals(List.of("Cancel 2 workflows with status=ENQUEUED, queue=default?"), terminal.questions());
        assertNoted("Nothing was done.");
        assertNull(engine.lastCommand("a"));

        terminal.answers(true);
        assertEquals(0, run("cancel", "--all"));
        assertEquals(WorkflowStatus.CANCELLED, engine.workflow("b").getStatus());
    }

    @Test
    void shouldRefuseWhereNobodyCanBeAsked() {
        start("a");

        assertEquals(2, run("terminate", "--all"));

        assertNoted("add --yes");
        assertNull(engine.lastCommand("a"));
    }

    @Test
    void shouldNotAskAboutNothing() {
        terminal.answers(false);

        assertEquals(0, run("cancel", "--all"));

        assertNoted("No workflow matches.");
        assertTrue(terminal.questions().isEmpty());
    }

    @Test
    void shouldReportEachAndExitWith1IfOneRefused() {
        start("a", "b");
        engine.refuse("b", "it is COMPLETED");

        assertEquals(1, run("cancel", "--all", "--yes"));
        assertPrinted("a   accepted  CANCELLED");
        assertPrinted("b   rejected  ENQUEUED");
        assertPrinted("it is COMPLETED");
        assertNoted("1 accepted, 1 rejected.");
        reset();
        assertEquals(1, run("cancel", "--all", "--yes", "-o", "json"));
        assertTrue(
                out.toString().startsWith("{\"matched\":2,\"accepted\":1,\"rejected\":1,\"items\":["), out.toString());
    }

    @Test
    void shouldForkFromTheLastFailureUnlessToldOtherwise() {
        start("a");

        assertEquals(0, run("fork", "--all", "--yes", "--version", "1.4"));
        assertPrinted("its fork is " + command("a").getFork().getWorkflowId());
        assertEquals(StepPoint.LAST_FAILURE, command("a").getFork().getFrom().getPoint());
        assertEquals("1.4", command("a").getFork().getApplicationVersion());
        assertEquals(0, run("fork", "--filter-name", "t", "--yes", "--from", "last-step"));
        assertEquals(StepPoint.LAST_STEP, command("a").getFork().getFrom().getPoint());
    }

    @Test
    void shouldPassOnWhatTheServerRefuses() {
        start("a", "b");

        assertEquals(1, run("cancel", "--filter-status", "BUSY", "--yes"));
        assertNoted("\"BUSY\" is no status");
        assertEquals(1, run("cancel", "--all", "--limit", "1", "--yes"));
        assertNoted("nothing was done");
        assertNull(engine.lastCommand("a"));
    }

    @Test
    void shouldSendManyInBatchesAndSayHowFarItIs() {
        start("a", "b", "c", "d", "e");
        engine.refuse("e", "not this one");
        terminal.shows(24, 100);

        assertEquals(1, run("cancel", "--all", "--yes", "--per-second", "3", "--color", "never", "-o", "json"));

        assertTrue(out.toString().startsWith("{\"matched\":5,\"accepted\":4,\"rejected\":1,"), out.toString());
        assertNoted("cancel: 3 of 5 done, 3 accepted, 0 rejected");
    }

    @Test
    void shouldShowWhatTheFilterLetsThrough() {
        start("a", "b", "c", "d", "e", "f");

        assertEquals(0, run("cancel", "--all", "--dry-run"));

        assertPrinted("6 ENQUEUED: a, b, c, d, e and 1 more");
    }
}
