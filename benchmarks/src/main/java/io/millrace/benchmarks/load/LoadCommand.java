package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.OwnOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace load}: a backlog on a queue, and how Millrace does with it. */
@Command(
        name = "load",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Fills a queue with workflows, drains it, and says how that went.",
        footer = {
            "",
            "A million that wait, drained by four workers:",
            "  millrace load --workflows 1000000 --workers 4",
            "Lists of a million, and what a restart takes:",
            "  millrace load --workflows 1000000 --drain none --probe-list --restart-engine",
            "A limited queue while workers die:",
            "  millrace load --workflows 50000 --concurrency 20 --step-time 10ms --kill-worker-every 10s"
        })
public final class LoadCommand implements Callable<Integer> {
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
        write(options.svg, DepthSvg.of(report.depth()));
        write(options.json, report.json());
        return 0;
    }

    /** What the options say. */
    LoadPlan plan() {
        return LoadPlan.of(options, queue, probes, own);
    }

    private static void write(@Nullable Path file, String text) throws Exception {
        if (file != null) {
            Files.writeString(file, text + "\n");
            System.err.println("written: " + file);
        }
    }
}
