package io.millrace.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.WorkflowStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest extends CliTest {
    private static final String UP_AND_CLEAR = "\u001b[";

    @Test
    void shouldPrintALineForEachChangeWhereThereIsNoTerminal() throws Exception {
        start("w");

        CompletableFuture<Integer> exit = inBackground("get", "w", "--watch");
        await().until(() -> out.toString().contains("w  ENQUEUED, 0 steps"));
        engine.end("w", WorkflowStatus.COMPLETED, "1");

        assertEquals(0, exit.get(30, TimeUnit.SECONDS));
        assertEquals(2, out.toString().lines().count(), out.toString());
        assertPrinted("w  COMPLETED");
        assertFalse(out.toString().contains("\u001b"), out.toString());
    }

    @Test
    void shouldExitWith1WhereItEndedOtherwise() {
        start("w");
        engine.end("w", WorkflowStatus.TERMINATED, null);

        assertEquals(1, run("get", "w", "--watch"));
    }

    @Test
    void shouldPrintOneDocumentForEachChangeAsJson() throws Exception {
        start("w");

        CompletableFuture<Integer> exit = inBackground("get", "w", "--watch", "-o", "json");
        await().until(() -> out.toString().contains("ENQUEUED"));
        engine.end("w", WorkflowStatus.COMPLETED, "1");

        assertEquals(0, exit.get(30, TimeUnit.SECONDS));
        assertTrue(out.toString().lines().allMatch(line -> line.startsWith("{\"workflowId\":\"w\"")), out.toString());
        assertEquals(2, out.toString().lines().count(), out.toString());
    }

    @Test
    void shouldDrawInPlaceOnATerminalAndLeaveTheLastState() throws Exception {
        start("w");
        terminal.shows(40, 100);

        CompletableFuture<Integer> exit = inBackground("get", "w", "--watch");
        await().until(() -> out.toString().contains("ENQUEUED"));
        long rows = out.toString().chars().filter(c -> c == '\n').count();
        engine.end("w", WorkflowStatus.COMPLETED, "1");

        assertEquals(0, exit.get(30, TimeUnit.SECONDS));
        String drawn = out.toString();
        int redrawn = drawn.lastIndexOf(UP_AND_CLEAR + rows + "A\r" + UP_AND_CLEAR + "J");
        assertTrue(redrawn > 0, drawn);
        assertTrue(drawn.substring(redrawn).contains(Tone.GREEN.paint("COMPLETED")), drawn);
    }

    @Test
    void shouldDrawNoMoreThanTheTerminalHasRoomFor() throws Exception {
        start("a", "b", "c", "d", "e", "f");
        terminal.shows(4, 80);

        Thread watching = new Thread(() -> run("list", "--watch"));
        watching.start();
        await().until(() -> out.toString().contains("more lines"));
        watching.interrupt();
        watching.join();

        assertTrue(out.toString().contains("... 5 more lines"), out.toString());
    }

    @Test
    void shouldWatchListsUntilInterrupted() throws Exception {
        start("a");

        Thread watching = new Thread(() -> run("list", "--watch"));
        watching.start();
        await().until(() -> out.toString().contains("a  ENQUEUED"));
        engine.end("a", WorkflowStatus.FAILED, null);
        await().until(() -> out.toString().contains("a  FAILED"));
        watching.interrupt();
        watching.join();
    }

    @Test
    void shouldRefuseToWatchWhatIsNotThere() {
        assertEquals(1, run("get", "unknown-7", "--watch"));
        assertNoted("workflow list --id-prefix unknown-");
    }

    private CompletableFuture<Integer> inBackground(String... arguments) {
        return CompletableFuture.supplyAsync(() -> run(arguments));
    }
}
