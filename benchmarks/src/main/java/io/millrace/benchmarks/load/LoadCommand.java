package io.millrace.benchmarks.load;

import io.millrace.benchmarks.command.HelpOption;
import io.millrace.benchmarks.command.OwnOptions;
import io.millrace.benchmarks.command.ReportFile;
import io.millrace.benchmarks.load.progress.DepthSvg;
import io.millrace.benchmarks.load.progress.ProgressBar;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace load}: a backlog on a queue, and how Millrace does with it. */
@Command(
        name = "load",
        sortOptions = false,
        description = {
            "Fills a queue with workflows, drains it, and says how that went.",
            "Without --bootstrap-servers, it starts a broker and an engine of its own."
        },
        footer = {
            "",
            "A million that wait, drained by four workers:",
            "  millrace load --workflows 1000000 --workers 4",
            "Lists of a million, and what a restart takes:",
            "  millrace load --workflows 1000000 --drain none --probe-list --restart-engine",
            "A limited queue while workers die:",
            "  millrace load --workflows 50000 --concurrency 20 --step-time 10ms \\",
            "    --kill-worker-every 10s"
        })
public final class LoadCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final LoadOptions options = new LoadOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nThe queue:%n")
    private QueueOptions queue = new QueueOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nWhat else is measured:%n")
    private ProbeOptions probes = new ProbeOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nBroker and engine, where they are its own:%n")
    private OwnOptions own = new OwnOptions();

    @Override
    public Integer call() throws Exception {
        LoadReport report = new LoadRun(plan(), new ProgressBar(System.err)).run();
        System.out.println(report.text());
        ReportFile.write(options.svg, () -> DepthSvg.of(report.depth()));
        ReportFile.write(options.json, report::json);
        return 0;
    }

    /** What the options say. */
    LoadPlan plan() {
        return LoadPlan.of(options, queue, probes, own);
    }
}
