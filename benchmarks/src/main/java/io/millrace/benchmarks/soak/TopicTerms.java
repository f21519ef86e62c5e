package io.millrace.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Keeps what is on topics for minutes in place of days, so that a run of an hour shows whether they stop growing. The engine must not be started
 * anew afterwards: it refuses topics that keep less than it needs.
 */
final class TopicTerms {
    /** What the broker is told: to look for what is over time, and to compact, more often than every few minutes. */
    static final Map<String, String> BROKER = Map.of(
            "log.retention.check.interval.ms", "10000",
            "log.cleaner.backoff.ms", "5000",
            "log.initial.task.delay.ms", "1000");

    private static final String SEGMENT_BYTES = Integer.toString(16 << 20);
    private static final String BYTES_WHERE_KEPT_BY_SIZE = Integer.toString(4 << 20);
    private static final String SEGMENT_BYTES_WHERE_KEPT_BY_SIZE = Integer.toString(1 << 20);

    private final Admin admin;
    private final String keptMs;
    private final String segmentMs;

    TopicTerms(Admin admin, Duration kept) {
        this.admin = admin;
        this.keptMs = Long.toString(kept.toMillis());
        this.segmentMs = Long.toString(kept.toMillis() / 2);
    }

    /** Sets them for all topics of a namespace. */
    void apply(String namespace) throws InterruptedException {
        try {
            Set<String> topics = admin.listTopics().names().get();
            List<ConfigResource> resources = topics.stream()
                    .filter(topic -> topic.startsWith(namespace + "."))
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList();
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            admin.describeConfigs(resources)
                    .all()
                    .get()
                    .forEach((resource, config) -> changes.put(resource, changes(config)));
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not take other settings of topics", e.getCause());
        }
    }

    private List<AlterConfigOp> changes(Config config) {
        List<AlterConfigOp> changes = new ArrayList<>();
        set(changes, "segment.ms", segmentMs);
        set(changes, "file.delete.delay.ms", "5000");
        if (config.get("cleanup.policy").value().contains("compact")) {
            set(changes, "segment.bytes", SEGMENT_BYTES);
            set(changes, "min.compaction.lag.ms", "0");
            set(changes, "max.compaction.lag.ms", segmentMs);
            set(changes, "min.cleanable.dirty.ratio", "0.2");
            set(changes, "delete.retention.ms", segmentMs);
        } else if (config.get("retention.ms").value().equals("-1")) {
            set(changes, "retention.bytes", BYTES_WHERE_KEPT_BY_SIZE);
            set(changes, "segment.bytes", SEGMENT_BYTES_WHERE_KEPT_BY_SIZE);
        } else {
            set(changes, "segment.bytes", SEGMENT_BYTES);
            set(changes, "retention.ms", keptMs);
        }
        return changes;
    }

    private static void set(List<AlterConfigOp> changes, String setting, String value) {
        changes.add(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET));
    }
}
