package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.ClusterSpec;
import io.millrace.benchmarks.cluster.OwnOptions;
import io.millrace.benchmarks.feed.Batch;
import io.millrace.benchmarks.figures.Rate;
import io.millrace.benchmarks.figures.Spans;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be done, checked.
 *
 * @param rate how fast workflows are started; empty for as fast as it goes
 * @param addWorkerAt the part of the backlog after which one more worker is started; above 1 for never
 */
record LoadPlan(
        LoadOptions options,
        QueueOptions queue,
        ProbeOptions probes,
        OwnOptions own,
        int workflows,
        Optional<Rate> rate,
        StepTime stepTime,
        Optional<Priorities> priorities,
        Optional<Duration> killWorkerEvery,
        double addWorkerAt) {

    /** From so many on, what waits is a backlog, and worth a look at how Millrace does with one. */
    static final int BACKLOG = 10_000;

    private static final int MOST_WORKFLOWS = 100_000_000;
    private static final double NEVER = 2;

    /** When workers run. */
    enum Drain {
        /** When everything is enqueued. */
        AFTER,
        /** From the beginning on. */
        DURING,
        /** Not at all. */
        NONE
    }

    /** Reads the options, and says what is wrong with them, in words. */
    static LoadPlan of(LoadOptions options, QueueOptions queue, ProbeOptions probes, OwnOptions own) {
        atLeast(1, options.inFlight, "--in-flight");
        atLeast(1, options.workers, "--workers");
        atLeast(1, options.slots, "--slots");
        atLeast(0, queue.partitionKeys, "--partition-keys");
        atLeast(0, probes.idle, "--probe-idle");
        atLeast(0, options.warmUp, "--warm-up");
        atLeast(1, own.partitions(), "--partitions");
        require(
                !probes.restartEngine || options.bootstrapServers == null,
                "--restart-engine needs an engine of its own");
        require(
                !probes.restartEngine || options.drain != Drain.DURING,
                "--restart-engine needs a backlog: it does not go with --drain during");
        require(
                !probes.list || (options.drain == Drain.NONE && options.warmUp == 0),
                "--probe-list needs --drain none, and no --warm-up: its workflows are of types that no worker of the load"
                        + " has");
        require(
                !probes.list || queue.words().isEmpty(),
                "--probe-list spreads the workflows over queues of its own: it does not go with settings of the queue");
        Optional<Duration> kills = Optional.ofNullable(options.killWorkerEvery).map(Spans::parse);
        require(kills.isEmpty() || !kills.get().isZero(), "--kill-worker-every must be longer than nothing");
        return new LoadPlan(
                options,
                queue,
                probes,
                own,
                count(options.workflows),
                Optional.ofNullable(options.rate).map(Rate::parse),
                StepTime.parse(options.stepTime),
                Optional.ofNullable(queue.priorities).map(Priorities::parse),
                kills,
                options.addWorkerAt == null ? NEVER : percent(options.addWorkerAt));
    }

    /** The same with so many workflows, as fast as it goes. */
    LoadPlan atFullSpeed(int number) {
        return new LoadPlan(
                options,
                queue,
                probes,
                own,
                number,
                Optional.empty(),
                stepTime,
                priorities,
                killWorkerEvery,
                addWorkerAt);
    }

    Drain drain() {
        return options.drain;
    }

    boolean drains() {
        return options.drain != Drain.NONE;
    }

    /** Whether broker and engine are this program's. */
    boolean selfContained() {
        return options.bootstrapServers == null;
    }

    /** What is started. */
    Batch batch() {
        return new Batch(workflows, options.inFlight, rate, new Starts(this)::ofLoad);
    }

    /** Where it goes. */
    ClusterSpec cluster() {
        return own.spec(options.namespace, options.bootstrapServers);
    }

    /** Whether the queue is declared: one of a Millrace that runs already keeps its settings where no option says otherwise. */
    boolean declaresQueue() {
        return selfContained() || !queue.words().isEmpty();
    }

    /** Whether the backlog is probed. */
    boolean probesBacklog() {
        return drain() != Drain.DURING
                && !probes.list
                && (probes.backlog == null ? workflows >= BACKLOG : probes.backlog);
    }

    /** Whether probes are started while it drains: where they do not have to wait for all that waits already. */
    boolean startsUrgentOnes() {
        return drain() == Drain.DURING
                ? !Boolean.FALSE.equals(probes.backlog)
                : priorities.isPresent() && probesBacklog();
    }

    /** What is done, in a line. */
    String words() {
        String limits = queue.words();
        return String.format(
                Locale.ROOT,
                "%,d workflows of one step (%s) on queue \"%s\" (%s), %s, after %,d to warm up",
                workflows,
                stepTime,
                queue.queue,
                limits.isEmpty() ? "no settings" : limits,
                rate.map(each -> "at " + each).orElse("as fast as it goes"),
                options.warmUp);
    }

    /** How the processes are run that are this program's, in a line. */
    String processes() {
        String workers = options.workers + " workers of " + options.slots + " slots";
        return selfContained()
                ? own.words() + ", " + workers + " (-Xmx256m), each a process"
                : "Millrace on " + options.bootstrapServers + ", " + workers + " (-Xmx256m)";
    }

    private static int count(String text) {
        String digits = text.replaceAll("[_,]", "");
        int count = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
        require(
                count >= 1 && count <= MOST_WORKFLOWS,
                "--workflows must be 1 to " + MOST_WORKFLOWS + ", not \"" + text + "\"");
        return count;
    }

    private static double percent(String text) {
        String digits = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        int percent = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
        require(percent >= 0 && percent <= 100, "--add-worker-at must be 0% to 100%, not \"" + text + "\"");
        return percent / 100.0;
    }

    private static void atLeast(int least, int value, String option) {
        require(value >= least, option + " must be at least " + least + ", not " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
