package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.cluster.ClusterSpec;
import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.command.OwnOptions;
import io.millrace.benchmarks.figures.Setting;
import io.millrace.benchmarks.figures.Spans;
import io.millrace.client.MillraceClient;
import io.millrace.client.QueueOptions;
import io.millrace.client.WorkflowFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One long run: it is set up, measured at full speed, worked with at part load, and looked at when all should be gone. */
final class SoakRun {
    private static final String NAMESPACE = "millrace";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What all workers need to start on a busy machine. */
    private static final Duration WORKERS_START = Duration.ofSeconds(15);

    /** What the compilers of all processes need to have done the most of their work. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private static final Duration MEASURED = Duration.ofSeconds(20);

    /** So many open at once keep all processes busy. */
    private static final int IN_FLIGHT = 2_000;

    /** At fewer in a second an hour of work says nothing. */
    private static final int LOWEST_RATE = 10;

    /** More are never open: what a minute's stand-still of the engine comes to. Beyond that the run falls behind its rate, and says so. */
    private static final int MOST_OPEN = 100_000;

    /** Above a lease and the waits of all kinds. */
    private static final Duration LONGEST_END = Duration.ofMinutes(2);

    /** Purging is done in the background, by and by. */
    private static final Duration PURGED_WITHIN = Duration.ofMinutes(2);

    private static final Duration ROWS_GONE_WITHIN = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final SoakOptions options;
    private final OwnOptions own;
    private final Troubles troubles = new Troubles();

    SoakRun(SoakOptions options, OwnOptions own) {
        this.options = options;
        this.own = own;
    }

    SoakReport run() throws IOException, InterruptedException {
        Setting setting = Setting.now();
        ClusterSpec spec = own.spec(NAMESPACE, null)
                .withBroker(TopicTerms.BROKER)
                // Its whole heap from the start: what grows then is something else.
                .withEngineJava(List.of("-Xms" + own.engineHeap(), "-XX:+AlwaysPreTouch"));
        if (!options.noPurge) {
            spec = spec.withRetention(options.kept());
        }
        say("starting a broker and an engine ...");
        return ProcessCluster.run(spec, SoakRun::say, cluster -> on(cluster, setting));
    }

    private SoakReport on(ProcessCluster cluster, Setting setting) throws IOException, InterruptedException {
        Target target = cluster.target(Map.of());
        try (Admin admin = admin(target);
                MillraceClient client = target.client("millrace soak", PATIENCE)) {
            // All partitions have to answer this.
            client.count(WorkflowFilter.all());
            new TopicTerms(admin, options.kept()).apply(NAMESPACE);
            client.setQueue(SoakWorkflows.QUEUE, QueueOptions.unlimited());
            client.setQueue(SoakWorkflows.LIMITED_QUEUE, SoakWorkflows.LIMITS);
            try (Shifts shifts = new Shifts(cluster, target, options.workers)) {
                return work(new Around(cluster, target, client, admin, shifts), setting);
            }
        }
    }

    /** What the phases have in common. */
    private record Around(ProcessCluster cluster, Target target, MillraceClient client, Admin admin, Shifts shifts) {
        void requireAlive() {
            cluster.requireAlive();
            shifts.requireAlive();
        }
    }

    private SoakReport work(Around around, Setting setting) throws InterruptedException {
        List<String> words = new ArrayList<>();
        Traffic traffic = new Traffic(around.client(), troubles);
        say("waiting for the workers ...");
        traffic.atFullSpeed(1, WORKERS_START, around::requireAlive);
        double rate = rate(around, traffic, words);
        Sampler.Parts parts = new Sampler.Parts(
                around.cluster(), around.shifts().steady(), around.client(), new KafkaLook(around.admin(), NAMESPACE));
        Sampler sampler = new Sampler(parts, troubles, !options.noPurge);
        try (sampler) {
            sampler.begin();
            around.shifts().beginChanges(options.changeEvery());
            ProgressLines progress = new ProgressLines(traffic, troubles, options.length());
            double reached = traffic.atRate(rate, MOST_OPEN, options.length(), () -> {
                around.requireAlive();
                progress.show();
            });
            words.add(String.format(Locale.ROOT, "worked %d minutes at %.0f workflows/s", options.minutes, reached));
            if (reached < 0.98 * rate) {
                troubles.add(String.format(Locale.ROOT, "fell behind: %.0f/s were to be started", rate));
            }
        }
        words.add("workers: " + around.shifts().words());
        traffic.awaitAll(LONGEST_END);
        Map<String, Integer> left = options.noPurge ? Map.of() : leftBehind(around);
        return new SoakReport(
                words, setting, traffic.endedByKind(), sampler.recorder().all(), left, troubles.all());
    }

    private double rate(Around around, Traffic traffic, List<String> words) {
        if (options.rate > 0) {
            words.add("started " + options.rate + " workflows/s, as asked for");
            return options.rate;
        }
        say("measuring what it can do ...");
        traffic.atFullSpeed(IN_FLIGHT, WARM_UP, around::requireAlive);
        double capacity = traffic.atFullSpeed(IN_FLIGHT, MEASURED, around::requireAlive);
        double rate = Math.rint(capacity * options.load);
        if (rate < LOWEST_RATE) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "only %.1f workflows/s ended at full speed: the machine does something else, or see the logs; --rate sets a rate",
                    capacity));
        }
        String said = String.format(
                Locale.ROOT,
                "does %.0f workflows/s of this mix (%s at full speed); worked at %.0f %% of that",
                capacity,
                Spans.text(MEASURED),
                100 * options.load);
        words.add(said);
        say(said);
        say("open then, by kind: " + traffic.openByKind());
        traffic.awaitAll(LONGEST_END);
        return rate;
    }

    private Map<String, Integer> leftBehind(Around around) throws InterruptedException {
        say("waiting for the last ones to be removed ...");
        long deadline = System.nanoTime() + options.kept().plus(PURGED_WITHIN).toNanos();
        long kept = around.client().count(WorkflowFilter.all()).total();
        while (kept > 0 && System.nanoTime() < deadline) {
            around.requireAlive();
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
            kept = around.client().count(WorkflowFilter.all()).total();
        }
        if (kept > 0) {
            troubles.add(kept + " workflows are still listed");
        }
        return leftAtLast(new LeftBehind(around.target()));
    }

    /** The list is ahead of what is committed, and some rows go after the workflow that they are of. */
    private static Map<String, Integer> leftAtLast(LeftBehind leftBehind) throws InterruptedException {
        long deadline = System.nanoTime() + ROWS_GONE_WITHIN.toNanos();
        Map<String, Integer> left = leftBehind.count();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
            left = leftBehind.count();
        }
        return left;
    }

    private static Admin admin(Target target) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrapServers()));
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
