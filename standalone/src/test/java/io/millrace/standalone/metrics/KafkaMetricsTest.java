package io.millrace.standalone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class KafkaMetricsTest {
    private static final String PREFIX = "millrace.engine-1f-StreamThread-";

    private final Map<MetricName, Metric> kafka = new HashMap<>();

    @Test
    void shouldAddUpWhatThreadsHaveDoneAndTakeTheLongestOfTimes() throws IOException {
        add("stream-thread-metrics", "commit-total", Map.of("thread-id", PREFIX + 1), 3.0);
        add("stream-thread-metrics", "commit-total", Map.of("thread-id", PREFIX + 2), 4.0);
        add("stream-thread-metrics", "commit-latency-max", Map.of("thread-id", PREFIX + 1), 1_500.0);
        add("stream-thread-metrics", "commit-latency-max", Map.of("thread-id", PREFIX + 2), Double.NaN);

        String scrape = scrape();
        assertTrue(scrape.contains("# TYPE millrace_kafka_commits_total counter\nmillrace_kafka_commits_total 7.0\n"), scrape);
        assertTrue(scrape.contains("\nmillrace_kafka_commit_latency_max_seconds 1.5\n"), scrape);
    }

    @Test
    void shouldTellClientsByWhatTheyDoAndNotByTheirNames() throws IOException {
        for (String role : new String[] {"1-consumer", "2-consumer", "1-restore-consumer"}) {
            add("consumer-fetch-manager-metrics", "records-consumed-total", Map.of("client-id", PREFIX + role), 5.0);
        }
        // Of one topic, and so counted already.
        add(
                "consumer-fetch-manager-metrics",
                "records-consumed-total",
                Map.of("client-id", PREFIX + "1-consumer", "topic", "ns.events"),
                5.0);

        String scrape = scrape();
        assertTrue(scrape.contains("records_consumed_total{client=\"consumer\"} 10.0\n"), scrape);
        assertTrue(scrape.contains("records_consumed_total{client=\"restore_consumer\"} 5.0\n"), scrape);
    }

    @Test
    void shouldShowTheLagOfATopicOnceAndWithoutTheNamespace() throws IOException {
        for (String topic : new String[] {"ns.events", "ns_events", "elsewhere"}) {
            add("consumer-fetch-manager-metrics", "records-lag", Map.of("topic", topic, "partition", "0"), 2.0);
            add("consumer-fetch-manager-metrics", "records-lag", Map.of("topic", topic, "partition", "1"), 3.0);
        }
        String scrape = scrape();
        assertTrue(scrape.contains("consumer_records_lag{topic=\"events\"} 5.0\n"), scrape);
        assertEquals(1, scrape.lines().filter(line -> line.startsWith("millrace_kafka")).count(), scrape);
    }

    @Test
    void shouldShowNothingElse() throws IOException {
        add("stream-task-metrics", "process-total", Map.of("task-id", "0_1"), 1.0);
        add("app-info", "version", Map.of("client-id", "c"), "4.3.1");
        assertFalse(scrape().contains("millrace"));
    }

    @Test
    void shouldGiveEachItsOwnNameOfPrometheusConventions() {
        Set<String> names = new HashSet<>();
        for (KafkaMetric metric : KafkaMetric.all()) {
            boolean counts = metric.kind() == KafkaMetric.Kind.COUNTER;
            assertEquals(counts, metric.name().endsWith("_total"), metric.name());
            assertTrue(metric.name().matches("[a-z_]+"), metric.name());
            assertTrue(metric.help().endsWith("."), metric.name());
            assertTrue(names.add(metric.group() + metric.kafkaName()), metric.kafkaName());
        }
    }

    private String scrape() throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        new KafkaMetrics(() -> kafka, "ns").register(registry);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }

    private void add(String group, String name, Map<String, String> tags, Object value) {
        MetricName metricName = new MetricName(name, group, "", tags);
        kafka.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
