package io.millrace.api;

import io.millrace.client.MillraceClient;
import io.millrace.client.QueueDescription;
import io.millrace.client.WorkflowCounts;
import io.millrace.client.WorkflowFilter;
import io.millrace.schemas.WorkflowStatus;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many workflows the namespace has, and how its queues are. The engine is asked at each scrape and nothing is kept between scrapes, so that a queue that is gone has no old
 * numbers. An engine that does not answer is a metric as well, and not a scrape that failed. Each API instance says the same, so they are to be
 * combined by {@code max} and not by {@code sum}.
 */
final class EngineAnswers {
    /** Less than the 10 s after which Prometheus gives up by default: it is to read that no engine answered. */
    private static final long ENGINE_WAIT_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(EngineAnswers.class);

    private final MillraceClient client;

    EngineAnswers(MillraceClient client) {
        this.client = client;
    }

    /** Asks the engine; never ends with an error. */
    CompletableFuture<MetricSnapshots> ask() {
        return client.queuesAsync()
                .thenCombine(client.countAsync(WorkflowFilter.all()), Answers::new)
                .orTimeout(ENGINE_WAIT_SECONDS, TimeUnit.SECONDS)
                .thenApply(Optional::of)
                .exceptionally(EngineAnswers::noAnswer)
                .thenApply(answers -> registry(answers).scrape());
    }

    private record Answers(List<QueueDescription> queues, WorkflowCounts workflows) {}

    private static Optional<Answers> noAnswer(Throwable error) {
        LOG.debug("the engine could not be asked for its metrics", error);
        return Optional.empty();
    }

    private static PrometheusRegistry registry(Optional<Answers> answer) {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge.builder()
                .name("millrace_engine_up")
                .help("Whether all partitions of the engine answered when this was scraped: 1, else 0.")
                .register(registry)
                .set(answer.isPresent() ? 1 : 0);
        answer.ifPresent(answers -> {
            addWorkflows(registry, answers.workflows());
            addQueues(registry, answers.queues());
        });
        return registry;
    }

    private static void addWorkflows(PrometheusRegistry registry, WorkflowCounts counts) {
        Gauge gauge = Gauge.builder()
                .name("millrace_workflows")
                .help("Workflows that the engine keeps, closed ones included, by status.")
                .labelNames("status")
                .register(registry);
        for (WorkflowStatus status : WorkflowStatus.values()) {
            if (status != WorkflowStatus.UNKNOWN) {
                gauge.labelValues(status.name().toLowerCase(Locale.ROOT))
                        .set(counts.byStatus().getOrDefault(status, 0L));
            }
        }
    }

    private static void addQueues(PrometheusRegistry registry, List<QueueDescription> queues) {
        Metric metric = (name, help, value) -> {
            Gauge gauge = Gauge.builder()
                    .name("millrace_queue_" + name)
                    .help(help)
                    .labelNames("queue")
                    .register(registry);
            queues.forEach(queue -> value.apply(queue)
                    .ifPresent(number -> gauge.labelValues(queue.queue()).set(number)));
        };
        metric.add("depth", "Workflows that wait for a worker.", queue -> number(queue.depth()));
        metric.add("running", "Workflows that are with a worker.", queue -> number(queue.running()));
        metric.add(
                "slots_held",
                "Slots that workflows hold, waits and pauses included; of queues with limits only.",
                queue -> number(queue.slotsHeld()));
        metric.add(
                "concurrency_limit",
                "Slots that there are; of queues with such a limit only.",
                queue -> number(queue.options().concurrency()));
        metric.add(
                "oldest_age_seconds",
                "How long the workflow has waited that waits longest; 0 where none waits.",
                queue -> OptionalDouble.of(
                        queue.oldestAge().map(age -> age.toMillis() / 1000.0).orElse(0.0)));
        metric.add(
                "begun_per_minute",
                "Workflows that began in the minute before the scrape.",
                queue -> number(queue.begunLastMinute()));
        metric.add(
                "ended_per_minute",
                "Workflows that ended in the minute before the scrape.",
                queue -> number(queue.endedLastMinute()));
    }

    /** Adds one metric of all queues; a queue that has no such number is not in it. */
    private interface Metric {
        void add(String name, String help, Function<QueueDescription, OptionalDouble> value);
    }

    private static OptionalDouble number(long number) {
        return OptionalDouble.of(number);
    }

    private static OptionalDouble number(OptionalLong number) {
        return number.isPresent() ? OptionalDouble.of(number.getAsLong()) : OptionalDouble.empty();
    }

    private static OptionalDouble number(OptionalInt number) {
        return number.isPresent() ? OptionalDouble.of(number.getAsInt()) : OptionalDouble.empty();
    }
}
