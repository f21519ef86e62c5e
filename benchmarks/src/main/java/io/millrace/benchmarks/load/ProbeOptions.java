package io.millrace.benchmarks.load;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured besides the rates. */
final class ProbeOptions {
    @Option(
            names = "--probe-idle",
            paramLabel = "N",
            defaultValue = "0",
            description = "Before the load, run so many workflows one at a time, and say how soon their code runs")
    int idle;

    @Option(
            names = "--probe-backlog",
            negatable = true,
            description =
                    "With the whole backlog there: cancel in the middle of it, list it; and while it drains, start urgent ones"
                            + " (on by default from " + LoadPlan.BACKLOG + " workflows on)")
    @Nullable
    Boolean backlog;

    @Option(
            names = "--probe-list",
            description =
                    "With all workflows there: list and count them by each condition. They are of several types, queues, versions,"
                            + " attributes and statuses then, and are not drained (--drain none)")
    boolean list;

    @Option(
            names = "--restart-engine",
            description =
                    "With the whole backlog there: stop and start the engine, then kill it and delete its stores, and say how"
                            + " long it is away")
    boolean restartEngine;
}
