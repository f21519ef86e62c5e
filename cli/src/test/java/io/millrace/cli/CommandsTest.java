package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.FakeEngine;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest extends CliTest {
    @ParameterizedTest
    @ValueSource(strings = {"workflow", "queue", "worker"})
    void shouldCallEachCommandAsItCallsItself(String group) {
        Commands.of(group)
                .forEach((name, command) -> assertEquals(
                        name, command.getAnnotation(CommandLine.Command.class).name()));
    }

    @Test
    void shouldShowAllCommandsWhereNoneIsNamed() {
        assertEquals(0, execute("workflow", "--help"));
        Commands.of("workflow").keySet().forEach(this::assertPrinted);
        reset();
        assertEquals(2, execute("workflow", "lits"));
        assertNoted("list");
        assertEquals(0, execute("--version"));
        assertPrinted("millrace");
        assertEquals(0, execute("help", "worker"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void shouldCompleteCommandsAndOptions(String shell) {
        assertEquals(0, execute("completion", shell));
        assertPrinted("terminate");
        assertPrinted("token-file");
    }

    @Test
    void shouldCompareAForkWithItsSource() {
        start("source");
        assertEquals(0, run("fork", "source", "--from-step", "2", "--id", "copy"));
        engine.steps("source", step(1, "\"a\""), step(2, "\"b\""), step(3, "\"c\""));
        engine.steps("copy", step(1, "\"a\""), step(2, "\"x\""));
        reset();

        assertEquals(0, run("compare", "copy"));
        assertPrinted("1    same");
        assertPrinted("2    changed");
        assertPrinted("3    only there");
        assertEquals(2, run("compare", "source"));
        assertNoted("is no fork");
        reset();
        assertEquals(0, run("compare", "copy", "source", "-o", "json"));
        assertTrue(
                out.toString().startsWith("{\"workflowId\":\"copy\",\"otherWorkflowId\":\"source\""), out.toString());
    }

    private static RecordedStep step(int seq, String output) {
        return RecordedStep.newBuilder()
                .setSeq(seq)
                .setName("step")
                .setKind(StepKind.STEP)
                .setStatus(StepStatus.COMPLETED)
                .setOutput(FakeEngine.json(output))
                .build();
    }
}
