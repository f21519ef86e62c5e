package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.FakeEngine;
import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.WorkflowFailed;
import org.junit.jupiter.api.Test;

class WorkflowRecordTest extends CliTest {
    @Test
    void shouldShowHistoryWithWhoAndWhy() {
        start("w");
        for (int number = 1; number <= 250; number++) {
            engine.addHistory("w", 1_767_225_600_000L, granted());
        }
        engine.addHistory("w", 1_767_225_600_000L, cancelAsked());

        assertEquals(0, run("history", "w"));
        assertEquals(252, out.toString().lines().count());
        assertPrinted("cancelAsked  reason=\"too late\" issuer=\"ann\" commandId=\"c\"");
        reset();
        assertEquals(0, run("history", "w", "--from", "250"));
        assertEquals(3, out.toString().lines().count());
        reset();
        assertEquals(0, run("history", "w", "--from", "251", "-o", "json"));
        assertTrue(out.toString().startsWith("[{\"number\":251,"), out.toString());
        assertEquals(1, run("history", "unknown"));
    }

    @Test
    void shouldShowInAHistoryWhatFailedButNotWhere() {
        start("w");
        engine.addHistory("w", 1_767_225_600_000L, workflowFailed());

        assertEquals(0, run("history", "w"));
        assertPrinted("failure=\"java.io.IOException: no stock\"");
        assertFalse(out.toString().contains("Shop.java"), out.toString());
        reset();
        assertEquals(0, run("history", "w", "-o", "json"));
        assertPrinted("at Shop.java:17");
    }

    @Test
    void shouldPrintValues() {
        start("w");
        engine.setValue("w", "a b", FakeEngine.json("{\"n\":1}"));

        assertEquals(0, run("value", "w", "a b"));
        assertEquals("{\n  \"n\" : 1\n}", out.toString().strip());
        reset();
        assertEquals(0, run("value", "w", "a b", "-o", "json", "--wait", "5s"));
        assertPrinted("{\"key\":\"a b\",\"value\":{\"n\":1}}");
        assertEquals(1, run("value", "w", "other"));
        assertNoted("has not set \"other\"");
        assertNoted("--wait");
        reset();
        assertEquals(1, run("value", "w", "other", "--wait", "0s"));
        assertFalse(err.toString().contains("--wait"), err.toString());
        assertEquals(1, run("value", "w", "other", "--wait", "1h"));
        assertNoted("wait must be PT0S to PT5M");
    }

    @Test
    void shouldListForks() {
        start("w");
        run("fork", "w", "--from-step", "2", "--id", "f1");
        run("fork", "w", "--from-step", "3", "--id", "f2");
        reset();

        assertEquals(0, run("forks", "w"));
        assertPrinted("f1  2          2026-01-01T00:00:01Z");
        assertPrinted("f2  3");
        reset();
        assertEquals(0, run("forks", "w", "-o", "json"));
        assertTrue(out.toString().startsWith("[{\"workflowId\":\"f1\""), out.toString());
        assertEquals(1, run("forks", "unknown"));
    }

    @Test
    void shouldShowWhereAWorkflowComesFromAndWhatCameOfIt() {
        start("w");
        run("get", "w");
        assertFalse(out.toString().contains("parent") || out.toString().contains("fork"), out.toString());
        assertFalse(out.toString().lines().anyMatch(line -> line.startsWith("run")), out.toString());
        for (int fork = 1; fork <= 6; fork++) {
            run("fork", "w", "--from-step", "2", "--id", "f" + fork);
        }
        engine.workflow("w").setParentWorkflowId("p");
        engine.workflow("w").setParentStep(3);
        engine.workflow("w").setRun(1);
        reset();

        assertEquals(0, run("get", "w"));
        assertPrinted("f1, f2, f3, f4, f5, ... (millrace workflow forks w --server");
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("parent +p")), out.toString());
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("run +1")), out.toString());
        reset();
        run("get", "f1");
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("forkedFrom +w")), out.toString());
    }

    @Test
    void shouldListByParentAndBySource() {
        start("w");

        assertEquals(0, run("list", "--parent", "p", "--forked-from", "f"));

        assertEquals("p", engine.lastConditions().getParentWorkflowId());
        assertEquals("f", engine.lastConditions().getForkedFrom());
    }

    private static HistoryFact granted() {
        HistoryFact fact = new HistoryFact();
        fact.setGranted(new Granted("worker-1", 1L, 1L, null));
        return fact;
    }

    private static HistoryFact workflowFailed() {
        HistoryFact fact = new HistoryFact();
        WorkflowFailed failed = new WorkflowFailed();
        failed.setFailure(new Failure("java.io.IOException", "no stock", "at Shop.java:17"));
        fact.setWorkflowFailed(failed);
        return fact;
    }

    private static HistoryFact cancelAsked() {
        HistoryFact fact = new HistoryFact();
        fact.setCancelAsked(new CancelAsked("c", "ann", "too late", true));
        return fact;
    }
}
