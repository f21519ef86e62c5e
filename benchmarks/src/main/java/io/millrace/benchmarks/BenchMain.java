package io.millrace.benchmarks;

import io.millrace.benchmarks.bench.BenchCommand;
import io.millrace.benchmarks.command.HelpOption;
import io.millrace.benchmarks.command.Program;
import io.millrace.benchmarks.load.LoadCommand;
import io.millrace.benchmarks.scenario.ScenarioCommand;
import io.millrace.benchmarks.soak.SoakCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The load programs. */
@Command(
        name = "millrace",
        description = "Load programs.",
        synopsisSubcommandLabel = "(bench | load | scenario | soak)",
        subcommands = {BenchCommand.class, LoadCommand.class, ScenarioCommand.class, SoakCommand.class})
public final class BenchMain {
    @Mixin
    private final HelpOption help = new HelpOption();

    BenchMain() {}

    /** Runs one of them: exit code 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        Program.run(new BenchMain(), args);
    }
}
