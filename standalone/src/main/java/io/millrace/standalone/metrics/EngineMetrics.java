package io.millrace.standalone.metrics;

import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.observe.GrantKind;
import io.millrace.engine.observe.StepOutcome;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an engine instance does. Everything is counted where it happens, so sums over instances are those of the namespace. The series are
 * looked up once and then kept, so that counting allocates nothing.
 */
public final class EngineMetrics implements EngineObserver {
    private static final List<Topic> INPUTS = List.of(Topic.COMMANDS, Topic.EVENTS, Topic.TRANSFERS, Topic.QUERIES);

    /** Queries have no time of their own. */
    private static final List<Topic> TIMED_INPUTS = List.of(Topic.COMMANDS, Topic.EVENTS, Topic.TRANSFERS);

    /** Eager ones never wait for a worker. */
    private static final List<GrantKind> TIMED_GRANTS = List.of(GrantKind.START, GrantKind.RESUMPTION);

    private final ByName<TypeMetrics.OfType> types;
    private final ByName<Map<CommandOutcome, CounterDataPoint>> commands;
    private final ByName<CounterDataPoint> queries;
    private final ByName<CounterDataPoint> failedQueries;
    private final Map<Topic, DistributionDataPoint> recordWait;
    private final Map<Topic, CounterDataPoint> deadLetters;
    private final Map<GrantKind, CounterDataPoint> grants;
    private final Map<GrantKind, DistributionDataPoint> dispatchWait;
    private final CounterDataPoint leaseLosses;
    private final CounterDataPoint releases;
    private final DistributionDataPoint timerLateness;
    private final CounterDataPoint restored;
    private final CounterDataPoint threadFailures;

    /** Registers the metrics of the one engine of this process. */
    public EngineMetrics(PrometheusRegistry registry) {
        Series series = new Series(registry);
        types = new ByName<>(new TypeMetrics(series)::of);
        commands = commands(series);
        Counter asked = series.counter(
                "millrace_queries_total", "Queries that the engine answered, by outcome.", "query", "outcome");
        queries = new ByName<>(query -> asked.labelValues(query, "answered"));
        failedQueries = new ByName<>(query -> asked.labelValues(query, "failed"));
        recordWait = recordWait(series);
        Counter letters = series.counter(
                "millrace_dead_letters_total", "Records put aside as ones that cannot be understood.", "topic");
        deadLetters = Series.each(Topic.class, INPUTS, letters::labelValues);
        Counter granted = series.counter("millrace_grants_total", "Workflows given to workers, by why.", "kind");
        grants = Series.each(GrantKind.class, Arrays.asList(GrantKind.values()), granted::labelValues);
        dispatchWait = dispatchWait(series);
        leaseLosses = series.single(
                "millrace_lease_losses_total", "Workflows taken from workers that were not heard of for their lease.");
        releases = series.single("millrace_releases_total", "Workflows that workers gave back.");
        timerLateness = series.histogram(
                "millrace_timer_lateness_seconds",
                "How late timers fired: ends of waits and of delays, and deadlines.",
                Buckets.WAITS);
        restored = series.single("millrace_restored_records_total", "Records of state that were restored from Kafka.");
        threadFailures = series.single("millrace_stream_thread_failures_total", "Stream threads that failed.");
    }

    private static ByName<Map<CommandOutcome, CounterDataPoint>> commands(Series series) {
        Counter answered = series.counter(
                "millrace_commands_total", "Commands that the engine answered, by outcome.", "command", "outcome");
        List<CommandOutcome> outcomes = List.of(CommandOutcome.ACCEPTED, CommandOutcome.REJECTED);
        return new ByName<>(command -> {
            String label = command.toLowerCase(Locale.ROOT).replace(' ', '_');
            return Series.each(CommandOutcome.class, outcomes, outcome -> answered.labelValues(label, outcome));
        });
    }

    private static Map<Topic, DistributionDataPoint> recordWait(Series series) {
        Histogram wait = series.histogram(
                "millrace_record_wait_seconds",
                "From when a record was sent, by its sender's clock, to when the engine took it.",
                Buckets.WAITS,
                "topic");
        return Series.eachTimed(Topic.class, TIMED_INPUTS, wait::labelValues);
    }

    private static Map<GrantKind, DistributionDataPoint> dispatchWait(Series series) {
        Histogram wait = series.histogram(
                "millrace_dispatch_wait_seconds",
                "From when a workflow could be given to a worker to when it was.",
                Buckets.WAITS,
                "kind");
        return Series.eachTimed(GrantKind.class, TIMED_GRANTS, wait::labelValues);
    }

    @Override
    public void recordTaken(Topic topic, long waitedMs) {
        DistributionDataPoint wait = recordWait.get(topic);
        if (wait != null) {
            wait.observe(Buckets.seconds(waitedMs));
        }
    }

    @Override
    public void commandAnswered(@Nullable String command, CommandOutcome outcome) {
        CounterDataPoint counter =
                commands.of(command == null ? "unknown" : command).get(outcome);
        if (counter != null) {
            counter.inc();
        }
    }

    @Override
    public void queryAnswered(String query, boolean answered) {
        (answered ? queries : failedQueries).of(query).inc();
    }

    @Override
    public void workflowStarted(String workflowType) {
        types.of(workflowType).started().inc();
    }

    @Override
    public void workflowClosed(String workflowType, WorkflowStatus outcome, long ranMs) {
        TypeMetrics.OfType type = types.of(workflowType);
        CounterDataPoint counter = type.closed().get(outcome);
        if (counter != null) {
            counter.inc();
        }
        if (ranMs >= 0) {
            type.duration().observe(Buckets.seconds(ranMs));
        }
    }

    @Override
    public void workflowPurged(String workflowType) {
        types.of(workflowType).purged().inc();
    }

    @Override
    public void stepEnded(String workflowType, StepOutcome outcome, long tookMs) {
        TypeMetrics.OfType type = types.of(workflowType);
        type.steps().get(outcome).inc();
        if (tookMs >= 0) {
            type.stepDuration().observe(Buckets.seconds(tookMs));
        }
    }

    @Override
    public void granted(GrantKind kind, long waitedMs) {
        grants.get(kind).inc();
        DistributionDataPoint wait = dispatchWait.get(kind);
        if (wait != null) {
            wait.observe(Buckets.seconds(waitedMs));
        }
    }

    @Override
    public void leaseLost() {
        leaseLosses.inc();
    }

    @Override
    public void released() {
        releases.inc();
    }

    @Override
    public void timerFired(long lateMs) {
        timerLateness.observe(Buckets.seconds(Math.max(0, lateMs)));
    }

    @Override
    public void deadLettered(Topic topic) {
        CounterDataPoint counter = deadLetters.get(topic);
        if (counter != null) {
            counter.inc();
        }
    }

    @Override
    public void restored(int partition, long records, long left) {
        restored.inc(records);
    }

    @Override
    public void threadFailed() {
        threadFailures.inc();
    }
}
