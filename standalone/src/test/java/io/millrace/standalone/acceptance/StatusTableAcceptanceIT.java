package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.HistoryEvent;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each command comes to in each status, as whoever sends it sees it. */
final class StatusTableAcceptanceIT {
    private static final Duration HOUR = Duration.ofHours(1);

    /** The status afterwards; "=" for the same, accepted; "-" for refused. PAUSED is one that was paused in its queue. */
    private static final String TABLE = """
                           cancel      terminate   pause   unpause   resume    rewind    fork  send
        DELAYED            CANCELLED   TERMINATED  PAUSED  -         ENQUEUED  -         =     =
        ENQUEUED           CANCELLED   TERMINATED  PAUSED  -         =         -         =     =
        RUNNING            CANCELLING  TERMINATED  PAUSED  -         =         -         =     =
        PAUSED             CANCELLED   TERMINATED  -       ENQUEUED  -         -         =     =
        CANCELLING         =           TERMINATED  -       -         -         -         =     =
        COMPLETED          -           -           -       -         -         ENQUEUED  =     -
        FAILED             -           -           -       -         ENQUEUED  ENQUEUED  =     -
        CANCELLED          =           -           -       -         ENQUEUED  ENQUEUED  =     -
        TERMINATED         -           -           -       -         ENQUEUED  ENQUEUED  =     -
        TIMED_OUT          -           -           -       -         ENQUEUED  ENQUEUED  =     -
        RETRIES_EXHAUSTED  -           -           -       -         ENQUEUED  ENQUEUED  =     -
        """;

    /** Each command, and the status that its sender is told. */
    private static final Map<String, Function<WorkflowHandle<String>, WorkflowStatus>> COMMANDS = commands();

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private static Map<String, Function<WorkflowHandle<String>, WorkflowStatus>> commands() {
        Map<String, Function<WorkflowHandle<String>, WorkflowStatus>> commands = new LinkedHashMap<>();
        commands.put("cancel", workflow -> workflow.cancel().status());
        commands.put("terminate", workflow -> workflow.terminate().status());
        commands.put("pause", workflow -> workflow.pause().status());
        commands.put("unpause", workflow -> workflow.unpause().status());
        commands.put("resume", workflow -> workflow.resume().status());
        commands.put("rewind", workflow -> workflow.rewind(FromStep.number(1)).status());
        commands.put("fork", workflow -> {
            workflow.fork(ForkOptions.from(FromStep.number(1)));
            return workflow.status();
        });
        commands.put("send", workflow -> workflow.send("news", "hello").status());
        return commands;
    }

    @BeforeEach
    void startWorker() {
        Gate gate = scene.gate();
        scene.start(scene.worker()
                .workflow(
                        "stuck",
                        Integer.class,
                        (ctx, input) -> ctx.step("stuck", String.class, () -> {
                            gate.pass();
                            return "free";
                        }))
                .workflow("failing", Integer.class, (ctx, input) -> {
                    throw new IllegalStateException("it fails");
                })
                .workflow(SteppedWorkflow.TYPE, Integer.class, new SteppedWorkflow(new Ran())));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void shouldDoWhatTheTableSays(WorkflowStatus status) {
        COMMANDS.keySet().forEach(command -> shouldDoWhatTheTableSays(status, command));
    }

    private void shouldDoWhatTheTableSays(WorkflowStatus status, String command) {
        // given a workflow in this status
        WorkflowHandle<String> workflow = inStatus(status, command);
        Function<WorkflowHandle<String>, WorkflowStatus> send = COMMANDS.get(command);
        String expected = expected(status, command);
        if (expected.equals("-")) {
            // when the command is refused, then its sender is told the status, and that alone is on record
            CommandRejectedException rejected =
                    assertThrows(CommandRejectedException.class, () -> send.apply(workflow), command + " in " + status);
            assertEquals(status, rejected.status());
            assertTrue(rejected.reason().contains(status.name()), rejected.reason());
            assertEquals(status, workflow.status());
            HistoryEvent noted = Scene.fact(workflow, "commandNoted");
            assertEquals(false, noted.details().get("accepted"));
            assertEquals(rejected.reason(), noted.details().get("answer"));
        } else {
            // when it is taken, then its sender is told what has come of it
            WorkflowStatus after = expected.equals("=") ? status : WorkflowStatus.valueOf(expected);
            assertEquals(after, send.apply(workflow), command + " in " + status);
        }
    }

    private static String expected(WorkflowStatus status, String command) {
        List<List<String>> rows = Arrays.stream(TABLE.strip().split("\n"))
                .map(line -> List.of(line.strip().split("\\s+")))
                .toList();
        int column = rows.get(0).indexOf(command) + 1;
        return rows.stream()
                .filter(row -> row.get(0).equals(status.name()))
                .findFirst()
                .orElseThrow()
                .get(column);
    }

    @Test
    void shouldKnowEveryCommand() {
        assertEquals(
                List.copyOf(COMMANDS.keySet()),
                List.of(TABLE.strip().split("\n")[0].strip().split("\\s+")));
    }

    private WorkflowHandle<String> inStatus(WorkflowStatus status, String name) {
        WorkflowHandle<String> workflow = switch (status) {
            case DELAYED -> scene.start(deserted(name).delay(HOUR), SteppedWorkflow.TYPE, 1);
            case ENQUEUED, PAUSED, CANCELLED, TERMINATED -> scene.start(deserted(name), SteppedWorkflow.TYPE, 1);
            case COMPLETED -> scene.startSteps(name, 1);
            case FAILED -> scene.start(name, "failing", 0);
            case TIMED_OUT -> scene.start(scene.options(name).timeout(Duration.ofMillis(10)), "stuck", 0);
            default -> scene.start(name, "stuck", 0);
        };
        switch (status) {
            case PAUSED -> workflow.pause();
            case CANCELLED -> workflow.cancel();
            case TERMINATED -> workflow.terminate();
            case RETRIES_EXHAUSTED -> exhaust(workflow);
            case CANCELLING -> {
                Scene.awaitStatus(workflow, WorkflowStatus.RUNNING);
                workflow.cancel();
            }
            default -> {}
        }
        Scene.awaitStatus(workflow, status);
        return workflow;
    }

    /** On a queue that no worker takes from. */
    private StartOptions deserted(String name) {
        return scene.options(name).queue(scene.otherQueue("deserted"));
    }

    private void exhaust(WorkflowHandle<String> workflow) {
        for (int loss = 1; loss <= SharedMillrace.RECOVERY_LIMIT + 1; loss++) {
            long epoch = loss;
            await().atMost(Scene.PATIENCE).until(() -> {
                var description = workflow.describe();
                return description.attempts() == epoch && description.workerId().isPresent();
            });
            scene.topics().report(workflow.describe(), Facts.completedWithoutSteps());
        }
    }
}
