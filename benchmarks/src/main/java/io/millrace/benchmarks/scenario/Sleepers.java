package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.Rates;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.ProcessStatus;
import io.millrace.benchmarks.process.ResidentMemory;
import io.millrace.client.WorkflowCounts;
import io.millrace.client.WorkflowFilter;
import io.millrace.schemas.WorkflowStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Many workflows sleep until the same moment: what they hold meanwhile, and how soon after it all are done. */
final class Sleepers implements Scenario {
    private static final int SLOTS = 512;

    /** How many fall asleep in a second at least, also on a machine that does something else: the moment has to be known before. */
    private static final int ASLEEP_PER_SECOND = 1_000;

    private static final Duration BEFORE = Duration.ofSeconds(30);
    private static final long COUNT_AGAIN_MS = 1_000;
    private static final double MOST_MB = 2_048;
    private static final double DONE_WITHIN_SECONDS = 60;
    private static final double MB = 1 << 20;

    @Override
    public String words(int number) {
        return String.format(
                Locale.ROOT, "%,d workflows sleep until the same moment; one worker of %d slots", number, SLOTS);
    }

    @Override
    public int usualNumber() {
        return 1_000_000;
    }

    @Override
    public int usualTurns() {
        return 1;
    }

    @Override
    public List<Figure> turn(Stage stage) throws IOException, InterruptedException {
        JavaProcess worker = stage.worker("worker", SLOTS);
        long dueMs = System.currentTimeMillis()
                + BEFORE.toMillis()
                + TimeUnit.SECONDS.toMillis(stage.number() / ASLEEP_PER_SECOND);
        try (Crowd sleepers = new Crowd(stage, stage.number())) {
            long began = System.nanoTime();
            sleepers.start(ScenarioWorkflows.SLEEPER, Long.toString(dueMs));
            awaitAsleep(stage, dueMs);
            double asleepAfter = (System.nanoTime() - began) / 1e9;
            ProcessStatus engine = status(stage.cluster().engine());
            ProcessStatus holder = status(worker);
            TimeUnit.MILLISECONDS.sleep(Math.max(0, dueMs - System.currentTimeMillis()));
            Rates woken = sleepers.awaitEnds();
            double lastAfter = (System.currentTimeMillis() - dueMs) / 1e3;
            return List.of(
                    Figure.of("started and fallen asleep", stage.number() / asleepAfter, "/s"),
                    Figure.of("the engine's resident memory while they sleep", engine.residentBytes() / MB, "MB")
                            .with(Goal.atMost(MOST_MB)),
                    Figure.of(
                                    "its peak, from start to end",
                                    peakMb(stage.cluster().engine()),
                                    "MB")
                            .with(Goal.atMost(MOST_MB)),
                    Figure.of("threads of the engine while they sleep", engine.threads(), ""),
                    // Those of its pool among them: 512 on a Java without virtual threads, however many sleep.
                    Figure.of("threads of the worker while they sleep", holder.threads(), ""),
                    Figure.of("woken and completed", woken.perSecond(), "/s"),
                    Figure.of("from the moment until all have completed", lastAfter, "s")
                            .with(Goal.atMost(DONE_WITHIN_SECONDS)));
        }
    }

    /** All have been with the worker, and none is any more. */
    private static void awaitAsleep(Stage stage, long dueMs) throws InterruptedException {
        long asleep = 0;
        while (asleep < stage.number()) {
            stage.requireAlive();
            if (System.currentTimeMillis() > dueMs) {
                throw new IllegalStateException("only " + asleep + " of " + stage.number()
                        + " slept when they were to wake up: this machine is too slow, or too busy, for so many");
            }
            TimeUnit.MILLISECONDS.sleep(COUNT_AGAIN_MS);
            WorkflowCounts counts = stage.client().count(WorkflowFilter.all().type(ScenarioWorkflows.SLEEPER));
            long withWorkers = counts.byWorker().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            asleep = counts.byStatus().getOrDefault(WorkflowStatus.RUNNING, 0L) - withWorkers;
        }
    }

    private static ProcessStatus status(JavaProcess process) {
        return ProcessStatus.of(process.pid())
                .orElseThrow(() -> new IllegalStateException("this system does not tell what a process holds"));
    }

    private static double peakMb(JavaProcess process) {
        ResidentMemory memory = new ResidentMemory();
        memory.look(process.name(), process.pid());
        Map<String, Long> peaks = memory.peaks();
        return peaks.getOrDefault(process.name(), 0L) / MB;
    }
}
