package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.FakeEngine;
import io.millrace.schemas.Failure;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MillraceCliTest extends CliTest {
    @Test
    void shouldStartAWorkflowWithEverything() {
        assertEquals(
                0,
                run(
                        "start",
                        "checkout",
                        "--id",
                        "order 17",
                        "--queue",
                        "shop",
                        "--timeout",
                        "1h",
                        "--delay",
                        "PT5S",
                        "--retention",
                        "7d",
                        "--attribute",
                        "k=v",
                        "--attribute",
                        "l=w=x",
                        "--version",
                        "1.4",
                        "--input",
                        "{\"n\": 1.00}"));

        assertEquals(FakeEngine.json("{\"n\": 1.00}"), engine.workflowInput("order 17"));
        assertEquals(3_600_000L, engine.workflow("order 17").getTimeoutMs());
        assertEquals(Duration.ofDays(7).toMillis(), engine.start("order 17").getRetentionMs());
        assertEquals("w=x", engine.workflow("order 17").getAttributes().get("l"));
        assertEquals("1.4", engine.workflow("order 17").getApplicationVersion());
        assertTrue(out.toString().contains("order 17") && out.toString().contains("ENQUEUED"), out.toString());
    }

    @Test
    void shouldReadTheInputFromAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("order.json"), "{\"items\":[]}\n");

        assertEquals(0, run("start", "checkout", "--id", "w", "--input", "@" + file));
        assertEquals(FakeEngine.json("{\"items\":[]}"), engine.workflowInput("w"));
    }

    @Test
    void shouldTellAStartThatWasThereBeforeFromANewOne() {
        run("start", "checkout", "--id", "w");
        assertEquals("", err.toString().replaceAll("Follow it.*\\R", ""));

        assertEquals(0, run("start", "checkout", "--id", "w"));
        assertTrue(err.toString().contains("was started before"), err.toString());
    }

    @Test
    void shouldPrintResultsAndExitByHowTheWorkflowEnded() {
        run("start", "checkout", "--id", "w");
        run("start", "checkout", "--id", "bad");
        engine.workflow("bad").setFailure(new Failure("java.io.IOException", "no stock", null));
        engine.end("bad", WorkflowStatus.FAILED, null);
        reset();

        assertEquals(1, run("result", "w"));
        assertTrue(err.toString().contains("it is ENQUEUED, waiting for a worker"), err.toString());
        engine.end("w", WorkflowStatus.COMPLETED, "\"R-1\"");
        reset();
        assertEquals(0, run("result", "w", "--wait"));
        assertEquals("\"R-1\"", out.toString().strip());
        assertEquals(0, run("start", "checkout", "--id", "w", "--wait"));
        assertEquals(1, run("result", "bad", "--wait", "5s"));
        assertTrue(err.toString().contains("no stock"), err.toString());
        assertEquals(1, run("get", "unknown"));
    }

    @Test
    void shouldListAndShowSteps() {
        run("start", "checkout", "--id", "w/1");
        engine.steps(
                "w/1",
                IntStream.rangeClosed(1, 450).mapToObj(MillraceCliTest::step).toArray(RecordedStep[]::new));
        reset();

        assertEquals(0, run("list", "--status", "enqueued", "--limit", "5"));
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("w/1  checkout  ENQUEUED")), out.toString());
        reset();
        assertEquals(0, run("steps", "w/1"));
        assertEquals(451, out.toString().lines().count());
        reset();
        assertEquals(0, run("get", "w/1", "--output", "json"));
        assertTrue(out.toString().startsWith("{\"workflowId\":\"w/1\""), out.toString());
    }

    @Test
    void shouldExitWith2OnWrongUsage() {
        assertEquals(2, run("start"));
        assertEquals(2, run("start", "t", "--input", "{"));
        assertEquals(2, run("start", "t", "--input", " "));
        assertEquals(2, run("start", "t", "--input", "@/no/such/file"));
        assertEquals(2, run("start", "t", "--delay", "soon"));
        assertEquals(2, run("frobnicate"));
        assertEquals(2, run());
        assertEquals(2, execute("workflow", "list", "--server", "localhost"));
    }

    @Test
    void shouldExitWith1WhenTheServerRefuses() {
        assertEquals(1, run("list", "--status", "BUSY"));
        assertTrue(err.toString().startsWith("millrace: \"BUSY\" is no status"), err.toString());
    }

    @Test
    void shouldSayWhatToDoWhenNoServerAnswers() {
        int port = api.port();
        api.close();

        assertEquals(1, execute("workflow", "list", "--server", "http://127.0.0.1:" + port));
        assertTrue(err.toString().contains("./millrace dev"), err.toString());
    }

    @Test
    void shouldReadDurationsAsPeopleWriteThem() {
        Durations durations = new Durations();

        assertEquals(Duration.ofSeconds(10), durations.convert("10s"));
        assertEquals(Duration.ofMinutes(90), durations.convert("1h30m"));
        assertEquals(Duration.ofDays(2), durations.convert("2d"));
        assertEquals(Duration.ofSeconds(10), durations.convert("PT10S"));
    }

    private static RecordedStep step(int seq) {
        return RecordedStep.newBuilder()
                .setSeq(seq)
                .setName("step")
                .setKind(StepKind.STEP)
                .setStatus(StepStatus.COMPLETED)
                .build();
    }
}
