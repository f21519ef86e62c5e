package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.FakeEngine;
import io.millrace.api.Readiness;
import io.millrace.client.MillraceClient;
import io.millrace.schemas.Command;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import picocli.CommandLine;

/** The command line against a real server over a fake engine. */
abstract class CliTest {
    final FakeEngine engine = new FakeEngine();
    final MillraceClient client = MillraceClient.builder().over(engine);
    final ApiServer api = ApiServer.start(ApiConfig.defaults().withPort(0), client, Readiness::yes);
    final FakeTerminal terminal = new FakeTerminal();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        api.close();
        client.close();
    }

    /** Runs {@code millrace workflow ...} against the server. */
    final int run(String... arguments) {
        return runGroup("workflow", arguments);
    }

    /** Runs {@code millrace queue ...} against the server. */
    final int queue(String... arguments) {
        return runGroup("queue", arguments);
    }

    private int runGroup(String group, String... arguments) {
        List<String> all = new ArrayList<>(List.of(group));
        all.addAll(Arrays.asList(arguments));
        if (arguments.length > 0 && !arguments[0].equals("frobnicate")) {
            all.addAll(List.of("--server", "http://127.0.0.1:" + api.port() + "/"));
        }
        return execute(all.toArray(String[]::new));
    }

    final int execute(String... arguments) {
        CommandLine cli = MillraceCli.commandLine(terminal, arguments);
        cli.setOut(new PrintWriter(out, true));
        cli.setErr(new PrintWriter(err, true));
        return cli.execute(arguments);
    }

    /** Starts workflows of these ids, and forgets what was printed. */
    final void start(String... workflowIds) {
        for (String workflowId : workflowIds) {
            run("start", "t", "--id", workflowId);
        }
        reset();
    }

    final Command command(String workflowId) {
        return Objects.requireNonNull(engine.lastCommand(workflowId), "no command came");
    }

    final void reset() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    final void assertPrinted(String part) {
        assertTrue(out.toString().contains(part), () -> out + "\n---\n" + err);
    }

    final void assertNoted(String part) {
        assertTrue(err.toString().contains(part), () -> out + "\n---\n" + err);
    }
}
