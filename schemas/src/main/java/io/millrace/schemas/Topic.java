package io.millrace.schemas;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every topic of a namespace: what is on it, how it is kept, and how it is partitioned. This is the only place that says
 * so; the engine creates the topics from it and refuses to start where existing ones differ.
 */
public enum Topic {
    /** What anyone asks of the engine, by workflow id. The lag protects commands that the engine has not read yet. */
    COMMANDS("commands", Command.SCHEMA$, Partitioning.BY_WORKFLOW, Kept.compacted(Duration.ofDays(7))),

    /** What workers report, by workflow id; reports of credit alone go to the partition they are about. */
    EVENTS("events", WorkerEvent.SCHEMA$, Partitioning.BY_WORKFLOW, Kept.forTime(Duration.ofDays(7))),

    /** What workflows tell each other, by the workflow that is told: from one engine partition to another. */
    TRANSFERS("transfers", Transfer.SCHEMA$, Partitioning.BY_WORKFLOW, Kept.forTime(Duration.ofDays(7))),

    /**
     * Questions to the engine. Their records carry timestamp 0, so that Kafka Streams, which takes the oldest record of a task
     * first, answers before it goes on with a backlog; time-based retention would therefore delete them unread.
     */
    QUERIES("queries", Query.SCHEMA$, Partitioning.BY_WORKFLOW, Kept.forSize(64L << 20)),

    /** What the engine tells one worker, by worker id. */
    INBOX("inbox", InboxMessage.SCHEMA$, Partitioning.BY_READER, Kept.forTime(Duration.ofHours(1))),

    /** Heartbeats. One partition, because a lease is judged by the order of heartbeats and engine pulses. */
    WORKERS("workers", Heartbeat.SCHEMA$, Partitioning.SINGLE, Kept.compacted(Duration.ZERO)),

    /** Settings of queues, by queue name. */
    QUEUES("queues", QueueSettings.SCHEMA$, Partitioning.SINGLE, Kept.compacted(Duration.ZERO)),

    /** The one answer to each command. */
    REPLIES("replies", CommandReply.SCHEMA$, Partitioning.BY_READER, Kept.forTime(Duration.ofDays(1))),

    /** Answers to queries. */
    ANSWERS("answers", Answer.SCHEMA$, Partitioning.BY_READER, Kept.forTime(Duration.ofHours(1))),

    /** The current state of each workflow, by workflow id. */
    STATUS("status", WorkflowState.SCHEMA$, Partitioning.BY_WORKFLOW, Kept.compacted(Duration.ZERO)),

    /** Every accepted fact of every workflow, by workflow id. */
    HISTORY("history", HistoryEntry.SCHEMA$, Partitioning.BY_WORKFLOW, Kept.forTime(Duration.ofDays(30))),

    /** What could not be read or understood, as it was received, with the reason in its headers. */
    DEAD_LETTERS("dead-letters", null, Partitioning.SINGLE, Kept.forTime(Duration.ofDays(30)));

    static {
        TrustedRecords.establish();
    }

    /** How many partitions a topic has. */
    public enum Partitioning {
        /** As many as the engine has; fixed when the namespace is created, because a workflow id always maps to one of them. */
        BY_WORKFLOW,
        /** As many as clients and workers are to be spread over; each of those reads one. */
        BY_READER,
        /** One. */
        SINGLE
    }

    private final String suffix;
    private final @Nullable Schema schema;
    private final Partitioning partitioning;
    private final Map<String, String> settings;

    Topic(String suffix, @Nullable Schema schema, Partitioning partitioning, Map<String, String> settings) {
        this.suffix = suffix;
        this.schema = schema;
        this.partitioning = partitioning;
        this.settings = settings;
    }

    /** The topic's name without its namespace, for example {@code commands}. */
    public String suffix() {
        return suffix;
    }

    /** The schema of its values. {@link #DEAD_LETTERS} has none: its values are bytes as they were received. */
    public Schema schema() {
        if (schema == null) {
            throw new IllegalStateException("topic " + suffix + " has no schema: its values are raw bytes");
        }
        return schema;
    }

    /** How many partitions it has. */
    public Partitioning partitioning() {
        return partitioning;
    }

    /** The topic-level settings that it is created with, and that an existing topic must have. */
    public Map<String, String> settings() {
        return settings;
    }

    /** The settings of each way of keeping records. */
    private static final class Kept {
        static Map<String, String> compacted(Duration lag) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("cleanup.policy", "compact");
            settings.put("min.compaction.lag.ms", Long.toString(lag.toMillis()));
            return withCommon(settings);
        }

        static Map<String, String> forTime(Duration retention) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("cleanup.policy", "delete");
            settings.put("retention.ms", Long.toString(retention.toMillis()));
            return withCommon(settings);
        }

        static Map<String, String> forSize(long bytes) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("cleanup.policy", "delete");
            settings.put("retention.ms", "-1");
            settings.put("retention.bytes", Long.toString(bytes));
            settings.put("segment.bytes", Long.toString(bytes / 4));
            return withCommon(settings);
        }

        private static Map<String, String> withCommon(Map<String, String> settings) {
            // A broker-side LogAppendTime would overwrite the times that queries are ordered by.
            settings.put("message.timestamp.type", "CreateTime");
            settings.put("max.message.bytes", Integer.toString(Limits.MAX_RECORD_BYTES));
            return Map.copyOf(settings);
        }
    }
}
