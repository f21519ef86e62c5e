package io.millrace.standalone.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Shows those of Kafka's own metrics that tell an operator something, under names as Prometheus has them. Not all: an engine of four partitions has some
 * two thousand, most of them of one store, task or broker connection each, averages of what is shown here as well, and under names that say no unit.
 */
public final class KafkaMetrics implements MultiCollector {
    private static final String PREFIX = "millrace_kafka_";
    private static final String TOTAL = "_total";

    private final Supplier<Map<MetricName, ? extends Metric>> source;
    private final String topicPrefix;
    private final Map<String, KafkaMetric> shown = new HashMap<>();

    /** The values of one metric, by the value of its label. */
    private record Values(KafkaMetric metric, Map<String, Double> byLabel) {}

    /**
     * Not registered.
     *
     * @param source asked at each scrape
     * @param namespace the prefix of the topics
     */
    public KafkaMetrics(Supplier<Map<MetricName, ? extends Metric>> source, String namespace) {
        this.source = source;
        this.topicPrefix = namespace + ".";
        KafkaMetric.all().forEach(metric -> shown.put(metric.group() + "/" + metric.kafkaName(), metric));
    }

    /** Shows them with all others of a registry. */
    public void register(PrometheusRegistry registry) {
        registry.register(this);
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, Values> found = new TreeMap<>();
        source.get().forEach((name, value) -> {
            KafkaMetric metric = shown.get(name.group() + "/" + name.name());
            if (metric != null && value.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())) {
                labelOf(metric, name)
                        .ifPresent(label -> found.computeIfAbsent(
                                        metric.name(), unknown -> new Values(metric, new TreeMap<>()))
                                .byLabel()
                                .merge(label, number.doubleValue() / metric.unit(), metric.kind()::combine));
            }
        });
        List<MetricSnapshot> snapshots = new ArrayList<>();
        found.values().forEach(values -> snapshots.add(snapshot(values)));
        return new MetricSnapshots(snapshots);
    }

    /** What tells the value's series apart; nothing where the value is one of another kind under the same name, for example of one topic alone. */
    private Optional<String> labelOf(KafkaMetric metric, MetricName name) {
        String topic = name.tags().get("topic");
        return switch (metric.label()) {
            case NONE -> topic == null ? Optional.of("") : Optional.empty();
            case CLIENT ->
                topic == null ? Optional.of(roleOf(name.tags().getOrDefault("client-id", ""))) : Optional.empty();
            // Kafka has each twice where the topic's name has dots: once with underscores in their place.
            case TOPIC ->
                topic != null && topic.startsWith(topicPrefix)
                        ? Optional.of(topic.substring(topicPrefix.length()))
                        : Optional.empty();
        };
    }

    /** What a client does, by the end of the name that Streams gave it; the rest of it differs from one start to the next. */
    private static String roleOf(String clientId) {
        for (String role : List.of("global-consumer", "restore-consumer", "consumer", "producer", "admin")) {
            if (clientId.endsWith("-" + role)) {
                return role.replace('-', '_');
            }
        }
        return "other";
    }

    private static String baseName(KafkaMetric metric) {
        String name = PREFIX + metric.name();
        return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    private static MetricSnapshot snapshot(Values values) {
        KafkaMetric metric = values.metric();
        if (metric.kind() == KafkaMetric.Kind.COUNTER) {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(baseName(metric)).help(metric.help());
            values.byLabel()
                    .forEach((label, value) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels(labels(metric, label))
                            .value(value)
                            .build()));
            return counter.build();
        }
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(baseName(metric)).help(metric.help());
        values.byLabel()
                .forEach((label, value) -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels(metric, label))
                        .value(value)
                        .build()));
        return gauge.build();
    }

    private static Labels labels(KafkaMetric metric, String value) {
        return switch (metric.label()) {
            case NONE -> Labels.EMPTY;
            case CLIENT -> Labels.of("client", value);
            case TOPIC -> Labels.of("topic", value);
        };
    }
}
