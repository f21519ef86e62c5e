package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.FakeEngine;
import io.millrace.schemas.Fork;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.WorkflowStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowControlTest extends CliTest {
    @Test
    void shouldCancelWithEverything() {
        start("w 1");

        assertEquals(0, run("cancel", "w 1", "--reason", "why", "--command-id", "c", "--no-cascade"));

        assertPrinted("w 1  CANCELLED");
        assertEquals("why", command("w 1").getReason());
        assertEquals("c", command("w 1").getCommandId());
        assertFalse(command("w 1").getCancel().getCascade());
    }

    @ParameterizedTest
    @CsvSource({
        "cancel, CANCELLED,",
        "terminate, TERMINATED,",
        "pause, PAUSED,",
        "unpause, ENQUEUED,",
        "resume, ENQUEUED,",
        "rewind --from-step 1, ENQUEUED,",
        "message --payload 1, ENQUEUED,",
        "move --priority 1 --partition-key k, ENQUEUED, slow",
        "priority, ENQUEUED, 7",
    })
    void shouldCommandOneAndSeveral(String verb, String status, @Nullable String last) {
        start("a", "b");
        String[] words = verb.split(" ");

        assertEquals(0, run(with(last, words, "-o", "json", "a")));
        assertPrinted("\"workflowId\":\"a\",\"outcome\":\"ACCEPTED\",\"status\":\"" + status + "\"");
        assertTrue(out.toString().startsWith("{"), out.toString());
        reset();
        assertEquals(0, run(with(last, words, "--reason", "why", "a", "b")));
        assertPrinted("a   " + status);
        assertPrinted("b   " + status);
        assertEquals("why", command("b").getReason());
        reset();
        assertEquals(0, run(with(last, words, "--output", "json", "a", "b")));
        assertTrue(out.toString().startsWith("[{"), out.toString());
    }

    @Test
    void shouldShowWhatElseThereIsToSay() {
        start("w");
        run("cancel", "w");

        run("cancel", "w");

        assertPrinted("it is CANCELLED already: nothing has changed");
    }

    @Test
    void shouldRewindFromAStepHoweverItIsNamed() {
        start("w");

        assertEquals(0, run("rewind", "w", "--from-step", "3"));
        assertEquals(3, command("w").getRewind().getFrom().getStep());
        assertEquals(0, run("rewind", "w", "--from-step-name", "charge it"));
        assertEquals("charge it", command("w").getRewind().getFrom().getStepName());
        assertEquals(0, run("rewind", "w", "--from", "last-failure"));
        assertEquals(StepPoint.LAST_FAILURE, command("w").getRewind().getFrom().getPoint());
        assertEquals(0, run("rewind", "w", "--from", "LAST_STEP"));
        assertEquals(StepPoint.LAST_STEP, command("w").getRewind().getFrom().getPoint());
    }

    @Test
    void shouldForkWithEverything() {
        start("w");

        assertEquals(
                0,
                run(
                        "fork",
                        "w",
                        "--from-step",
                        "1",
                        "--id",
                        "f",
                        "--version",
                        "1.4",
                        "--queue",
                        "slow",
                        "--timeout",
                        "1h",
                        "--input",
                        "{\"n\": 1.00}",
                        "--reason",
                        "why"));

        assertPrinted("f   ENQUEUED  a fork of w");
        Fork fork = command("w").getFork();
        assertEquals("f", fork.getWorkflowId());
        assertEquals("1.4", fork.getApplicationVersion());
        assertEquals("slow", fork.getQueue());
        assertEquals(3_600_000L, fork.getTimeoutMs());
        assertEquals(FakeEngine.json("{\"n\": 1.00}"), fork.getNewInput().getInput());
        reset();
        assertEquals(0, run("fork", "w", "--from", "last-step", "-o", "json"));
        assertPrinted("\"forkedFrom\":\"w\"");
        assertNull(command("w").getFork().getNewInput());
    }

    @Test
    void shouldSendMessages(@TempDir Path directory) throws Exception {
        start("w");
        Path file = Files.writeString(directory.resolve("payload.json"), "{\"cents\": 1.00}\n");

        assertEquals(0, run("message", "w", "--topic", "paid", "--payload", "@" + file, "--idempotency-key", "k"));

        assertEquals("paid", command("w").getSendMessage().getTopic());
        assertEquals("k", command("w").getSendMessage().getIdempotencyKey());
        assertEquals(
                FakeEngine.json("{\"cents\": 1.00}"),
                command("w").getSendMessage().getPayload());
    }

    @Test
    void shouldMoveAndReprioritise() {
        start("a", "b");

        assertEquals(0, run("move", "a", "b", "slow", "--priority", "1", "--partition-key", "k", "--reason", "why"));
        assertEquals(new MoveToQueue("slow", 1, "k"), command("b").getMoveToQueue());
        assertEquals("why", command("a").getReason());
        assertEquals(0, run("priority", "a", "7"));
        assertEquals(7, command("a").getSetPriority().getPriority());
        reset();
        assertEquals(0, run("priority", "--filter-queue", "slow", "--dry-run", "1"));
        assertPrinted("would set the priority of 2 workflows with queue=slow");
        assertEquals(0, run("priority", "--filter-queue", "slow", "--yes", "1"));
        assertEquals(1, command("b").getSetPriority().getPriority());
        assertEquals(0, run("move", "--filter-queue", "slow", "--yes", "fast"));
        assertEquals(new MoveToQueue("fast", null, null), command("b").getMoveToQueue());
        assertEquals(1, run("priority", "a", "0"));
        assertNoted("priority must be 1 (goes first) to 1000000, not 0");
    }

    @Test
    void shouldStartWithAPlaceInTheQueue() {
        assertEquals(
                0,
                run("start", "t", "--id", "w", "--priority", "7", "--deduplication-id", "d", "--partition-key", "k"));
        assertEquals(7, engine.workflow("w").getPriority());
        assertEquals("k", engine.workflow("w").getPartitionKey());
        assertPrinted("deduplicationId   d");
        reset();

        assertEquals(1, run("start", "t", "--id", "x", "--deduplication-id", "d"));
        assertNoted("workflow w holds its deduplication id");
        assertNoted("Look at the one that holds it: millrace workflow get w --server");
        reset();
        assertEquals(0, run("start", "t", "--deduplication-id", "d", "--deduplication-policy", "return-existing"));
        assertPrinted("workflowId        w");
        assertNoted("This workflow holds the deduplication id, and nothing was started.");
    }

    @Test
    void shouldResumeOnAnotherQueue() {
        start("w");

        assertEquals(0, run("resume", "w", "--queue", "slow"));

        assertEquals("slow", command("w").getResume().getQueue());
    }

    @Test
    void shouldSayWhyItWasRefusedAndWhatToDoNext() {
        start("w 1");
        engine.end("w 1", WorkflowStatus.COMPLETED, null);
        engine.refuse("w 1", "it is COMPLETED");

        assertEquals(1, run("cancel", "w 1"));
        assertNoted("it is COMPLETED");
        assertNoted("Look at it: millrace workflow get 'w 1' --server http");
        assertEquals("", out.toString());
        reset();
        assertEquals(1, run("cancel", "unknown"));
        assertNoted("there is no workflow with the id \"unknown\"");
        assertNoted("See which there are: millrace workflow list --server http");
    }

    @Test
    void shouldNotLetOneThatRefusesStopTheOthers() {
        start("a", "b", "c");
        engine.refuse("b", "it is COMPLETED");

        assertEquals(1, run("terminate", "a", "b", "unknown", "c"));

        assertNoted("it is COMPLETED");
        assertNoted("unknown");
        assertPrinted("a   TERMINATED");
        assertPrinted("c   TERMINATED");
        reset();
        assertEquals(1, run("terminate", "b", "c", "-o", "json"));
        assertPrinted("\"status\":409");
        assertPrinted("\"workflowId\":\"c\",\"outcome\":\"ACCEPTED\"");
    }

    @Test
    void shouldStopWhereTheEngineIsAway() {
        start("a", "b");
        engine.fallSilent();

        assertEquals(1, run("cancel", "a", "b"));

        assertNoted("no engine answered");
        assertEquals(
                1,
                err.toString()
                        .lines()
                        .filter(line -> line.contains("no engine answered"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cancel                                   | say which workflows",
                "cancel a --all --yes                     | do not go together",
                "cancel a --yes                           | do not go together",
                "cancel a --dry-run                       | do not go together",
                "cancel --all --filter-name t --yes       | do not go together",
                "cancel a b --command-id c                | one workflow only",
                "cancel --dry-run                         | say which workflows",
                "pause                                    | Missing required parameter",
                "rewind a                                 | --from-step",
                "rewind a --from-step x                   | not an int",
                "rewind a --from-step 1 --from last-step  | mutually exclusive",
                "rewind a --from 3                        | --from-step",
                "fork a                                   | say from which step",
                "fork a b --from last-step --id f         | one workflow only",
                "fork --all --yes --from-step 1           | last-failure or last-step only",
                "fork --all --yes --input 1               | last-failure or last-step only",
                "fork --all --yes --id f                  | one workflow only",
                "fork a --from-step 1 --input {           | --input is no JSON",
                "fork a --from-step 1 --timeout soon      | no duration",
                "message a                                | --payload",
                "message a --payload nonsense             | --payload is no JSON",
                "priority                                 | say which priority: it comes last",
                "priority 5                               | say which workflows",
                "priority a b                             | a whole number, and not \"b\"",
                "move                                     | say to which queue: it comes last",
                "move a                                   | say which workflows",
                "move a b q --command-id c                | one workflow only",
                "start t --priority first                 | not an int",
                "start t --deduplication-policy reject    | goes with --deduplication-id",
                "start t --deduplication-id d --deduplication-policy ask | neither reject nor return-existing",
                "value a                                  | Missing required parameter",
                "history                                  | Missing required parameter",
            })
    void shouldExitWith2OnWrongUsage(String arguments, String complaint) {
        start("a", "b");

        assertEquals(2, run(arguments.strip().split(" +")));

        assertNoted(complaint);
        assertNull(engine.lastCommand("a"));
    }

    @Test
    void shouldNotPushTheComplaintOffTheScreenByAllThatCouldHaveBeenSaid() {
        assertEquals(2, run("cancel"));

        assertEquals(
                List.of(
                        "millrace: say which workflows: their ids, --filter-... options, or --all",
                        "How to use it: millrace workflow cancel --help"),
                err.toString().lines().toList());
    }

    @Test
    void shouldSayWhatEachVerbDoes() {
        assertEquals(0, execute("workflow", "fork", "--help"));
        assertPrinted("Usage: millrace workflow fork [OPTIONS] --from...=STEP ID...");
        assertPrinted("millrace workflow fork order-17 --from-step 3");
        assertEquals(2, execute("workflow"));
        assertNoted("say what to do: start, list, count, get,");
    }

    private static String[] with(@Nullable String last, String[] words, String... more) {
        return Stream.of(Stream.of(words), Stream.of(more), Stream.ofNullable(last))
                .flatMap(Function.identity())
                .toArray(String[]::new);
    }
}
