package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.ClusterSpec;
import io.millrace.benchmarks.command.Check;
import io.millrace.benchmarks.command.OwnOptions;
import io.millrace.benchmarks.feed.Batch;
import io.millrace.benchmarks.figures.Rate;
import io.millrace.benchmarks.load.mix.Priorities;
import io.millrace.benchmarks.load.mix.StepTime;
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
        options.check();
        queue.check();
        own.check();
        Check.atLeast(0, probes.idle, "--probe-idle");
        checkTogether(options, queue, probes);
        return new LoadPlan(
                options,
                queue,
                probes,
                own,
                Check.read("--workflows", options.workflows, LoadPlan::count),
                Optional.ofNullable(options.rate).map(text -> Check.read("--rate", text, Rate::parse)),
                Check.read("--step-time", options.stepTime, StepTime::parse),
                Optional.ofNullable(queue.priorities).map(text -> Check.read("--priorities", text, Priorities::parse)),
                Optional.ofNullable(options.killWorkerEvery).map(LoadPlan::period),
                options.addWorkerAt == null
                        ? NEVER
                        : Check.read("--add-worker-at", options.addWorkerAt, LoadPlan::percent));
    }

    private static void checkTogether(LoadOptions options, QueueOptions queue, ProbeOptions probes) {
        Check.require(
                !probes.restartEngine || options.kafka.bootstrapServers().isEmpty(),
                "--restart-engine needs an engine of its own: it does not go with --bootstrap-servers");
        Check.require(
                !probes.restartEngine || options.drain != Drain.DURING,
                "--restart-engine needs a backlog: it does not go with --drain during");
        Check.require(
                !probes.list || (options.drain == Drain.NONE && options.warmUp == 0),
                "--probe-list needs --drain none, and no --warm-up: its workflows are of types that no worker of the load"
                        + " has");
        Check.require(
                !probes.list || queue.words().isEmpty(),
                "--probe-list spreads the workflows over queues of its own: it does not go with settings of the queue");
        Check.require(
                options.drain != Drain.NONE || (options.killWorkerEvery == null && options.addWorkerAt == null),
                "--drain none has no workers: it does not go with --kill-worker-every or --add-worker-at");
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
        return options.kafka.bootstrapServers().isEmpty();
    }

    /** What is started. */
    Batch batch() {
        return new Batch(workflows, options.inFlight, rate, new Starts(this)::ofLoad);
    }

    /** Where it goes. */
    ClusterSpec cluster() {
        return own.spec(
                options.kafka.namespace(), options.kafka.bootstrapServers().orElse(null));
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
                : "Millrace on " + options.kafka.bootstrapServers().orElseThrow() + ", " + workers + " (-Xmx256m)";
    }

    private static int count(String text) {
        String digits = text.replaceAll("[_,]", "");
        int count = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
        if (count < 1 || count > MOST_WORKFLOWS) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "\"%s\" is not a number from 1 to %,d", text, MOST_WORKFLOWS));
        }
        return count;
    }

    private static double percent(String text) {
        String digits = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        int percent = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("\"" + text + "\" is not a part from 0% to 100%");
        }
        return percent / 100.0;
    }

    private static Duration period(String text) {
        return Check.longerThanNothing("--kill-worker-every", text);
    }
}
