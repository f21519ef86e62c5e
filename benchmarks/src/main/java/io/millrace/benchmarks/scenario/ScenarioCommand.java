package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.command.Check;
import io.millrace.benchmarks.command.HelpOption;
import io.millrace.benchmarks.command.OwnOptions;
import io.millrace.benchmarks.command.ReportFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace scenario}: one question, asked several times. */
@Command(
        name = "scenario",
        sortOptions = false,
        description = "Measures one thing several times, with broker, engine and workers of its own.",
        footer = {
            "",
            "step-growth  what a step costs late in a workflow of many, against one early",
            "recovery     a worker is killed: when all of its workflows run elsewhere",
            "sleepers     many sleep until the same moment: what they hold meanwhile,",
            "             and when all are done",
            "fork         a workflow of many steps is copied from its last one: when the",
            "             copy runs",
            "drain        how fast a worker that comes works off what has waited for it",
            "latency      one caller, one step: from start to result, and what one more",
            "             step adds",
            "throughput   how many workflows a second, with the number of callers that",
            "             does best",
        })
public final class ScenarioCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "Which one, see below")
    private String name = "";

    @Option(
            names = "--turns",
            paramLabel = "N",
            description = "How often it is measured (default: 5; throughput 3, sleepers 1)")
    private @Nullable Integer turns;

    @Option(
            names = "--number",
            paramLabel = "N",
            description = "How many workflows, or steps (default: the scenario's)")
    private @Nullable Integer number;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file, as JSON")
    private @Nullable Path json;

    @ArgGroup(exclusive = false, validate = false, heading = "%nBroker and engine:%n")
    private OwnOptions own = new OwnOptions();

    @Override
    public Integer call() throws Exception {
        Scenario scenario = Scenarios.named(name);
        int howMany = number == null ? scenario.usualNumber() : number;
        int howOften = turns == null ? scenario.usualTurns() : turns;
        Check.atLeast(1, howMany, "--number");
        Check.atLeast(1, howOften, "--turns");
        ReportFile.check(json, "--json");
        own.check();
        ScenarioReport report = new ScenarioRun(scenario, howMany, howOften, own).run();
        System.out.println(report.text());
        ReportFile.write(json, report::json);
        return 0;
    }
}
