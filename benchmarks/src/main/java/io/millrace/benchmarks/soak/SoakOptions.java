package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.figures.Spans;
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
            description = "Which part of what it can do, which is measured before (default: ${DEFAULT-VALUE})")
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
            description = "Finished workflows are kept for good, and what grows because of that is not judged")
    boolean noPurge;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all samples and verdicts as JSON")
    @Nullable
    Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw each series over time")
    @Nullable
    Path svg;

    Duration length() {
        return Duration.ofMinutes(minutes);
    }

    Duration kept() {
        return Spans.parse(retention);
    }

    Duration changeEvery() {
        return Spans.parse(workerChangeEvery);
    }

    /** Says what is wrong with the options, in words. */
    void check() {
        require(minutes >= 1, "--minutes must be at least 1, not " + minutes);
        require(load > 0 && load <= 1, "--load must be above 0 and at most 1, not " + load);
        require(rate >= 0, "--rate must not be negative, and is " + rate);
        require(workers >= 2, "--workers must be at least 2, so that some come and go, not " + workers);
        require(!changeEvery().isZero(), "--worker-change-every must be longer than nothing");
        require(!kept().isZero(), "--retention must be longer than nothing");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
