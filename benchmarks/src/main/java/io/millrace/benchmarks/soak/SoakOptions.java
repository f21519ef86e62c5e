package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.command.Check;
import io.millrace.benchmarks.command.ReportFile;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long it goes on, how fast, and what becomes of it. */
final class SoakOptions {
    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long the load goes on (default: ${DEFAULT-VALUE})")
    int minutes;

    @Option(
            names = "--load",
            paramLabel = "PART",
            defaultValue = "0.5",
            description =
                    "Work at this part of what it can do, which is measured first: above 0, 1 at most (default: ${DEFAULT-VALUE})")
    double load;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many workflows are started in a second, in place of measuring what it can do")
    int rate;

    @Option(
            names = "--workers",
            paramLabel = "W",
            defaultValue = "3",
            description = "Worker processes: one of them stays, the others come and go (default: ${DEFAULT-VALUE})")
    int workers;

    @Option(
            names = "--worker-change-every",
            paramLabel = "T",
            defaultValue = "30s",
            description =
                    "How often a worker leaves for another one: by turns in order, and by SIGKILL (default: ${DEFAULT-VALUE})")
    String workerChangeEvery = "";

    @Option(
            names = "--retention",
            paramLabel = "T",
            defaultValue = "2m",
            description =
                    "How long finished workflows, and records on topics, are kept: short, so that all has come and gone several"
                            + " times (default: ${DEFAULT-VALUE})")
    String retention = "";

    @Option(
            names = "--no-purge",
            description = "Keep finished workflows for good, and do not judge what grows because of that")
    boolean noPurge;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all samples and verdicts to this file, as JSON")
    @Nullable
    Path json;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draw each series over time in this file, as an SVG picture")
    @Nullable
    Path svg;

    Duration length() {
        return Duration.ofMinutes(minutes);
    }

    Duration kept() {
        return Check.longerThanNothing("--retention", retention);
    }

    Duration changeEvery() {
        return Check.longerThanNothing("--worker-change-every", workerChangeEvery);
    }

    /** Says what is wrong with the options, in words. */
    void check() {
        Check.atLeast(1, minutes, "--minutes");
        Check.require(load > 0 && load <= 1, "--load must be above 0 and at most 1, not " + load);
        Check.atLeast(0, rate, "--rate");
        Check.require(workers >= 2, "--workers must be at least 2, so that some come and go, not " + workers);
        changeEvery();
        kept();
        ReportFile.check(json, "--json");
        ReportFile.check(svg, "--svg");
    }
}
