package io.millrace.benchmarks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class ProgramTest {
    @Test
    void shouldTellAFailureFromWrongUsage() {
        assertEquals("1 measure: the engine has ended" + System.lineSeparator(), run(() -> {
            throw new IllegalStateException("the engine has ended");
        }));
        assertEquals(
                "2 measure: --n must be at least 1, not 0" + System.lineSeparator() + "How to use it: measure --help"
                        + System.lineSeparator(),
                run(() -> {
                    Check.atLeast(1, 0, "--n");
                    return 0;
                }));
    }

    @Test
    void shouldNameAFailureThatHasNoWords() {
        assertEquals("1 measure: java.lang.IllegalStateException" + System.lineSeparator(), run(() -> {
            throw new IllegalStateException();
        }));
    }

    @Test
    void shouldHandOnTheExitCode() {
        assertEquals("0 ", run(() -> 0));
        assertEquals("1 ", run(() -> 1));
    }

    @Command(name = "measure")
    private record Measure(Callable<Integer> body) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return body.call();
        }
    }

    private static String run(Callable<Integer> body) {
        StringWriter err = new StringWriter();
        int code = Program.commandLine(new Measure(body))
                .setErr(new PrintWriter(err))
                .execute();
        return code + " " + err;
    }
}
