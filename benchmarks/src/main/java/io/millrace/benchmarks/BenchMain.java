package io.millrace.benchmarks;

import io.millrace.benchmarks.bench.BenchCommand;
import io.millrace.benchmarks.load.LoadCommand;
import io.millrace.benchmarks.scenario.ScenarioCommand;
import io.millrace.benchmarks.soak.SoakCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The load programs. */
@Command(
        name = "millrace",
        description = "Load programs.",
        subcommands = {BenchCommand.class, LoadCommand.class, ScenarioCommand.class, SoakCommand.class},
        mixinStandardHelpOptions = true)
public final class BenchMain {
    private BenchMain() {}

    /** Runs one of them: exit code 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, result) -> {
                    command.getErr().println("millrace: " + failure.getMessage());
                    return 1;
                })
                .execute(args));
    }
}
