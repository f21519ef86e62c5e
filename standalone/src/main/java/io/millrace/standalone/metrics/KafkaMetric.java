package io.millrace.standalone.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * One of Kafka's own metrics that is shown, and how.
 *
 * @param group where Kafka has it
 * @param kafkaName what Kafka calls it there
 * @param name what it is called here, as Prometheus' conventions want it
 * @param kind what it is, and how those of several threads or partitions become one
 * @param label what tells its series apart
 * @param unit how many of Kafka's units one of ours is
 * @param help what it says
 */
record KafkaMetric(String group, String kafkaName, String name, Kind kind, Label label, double unit, String help) {
    private static final double ONE = 1;
    private static final double MS = 1e3;
    private static final double NANOS = 1e9;

    /** How values are combined. */
    enum Kind {
        /** Only grows; added up. */
        COUNTER,
        /** Added up. */
        SUM,
        /** The largest one. */
        MAX;

        double combine(double one, double other) {
            return this == MAX ? Math.max(one, other) : one + other;
        }
    }

    /** What a series is told by. */
    enum Label {
        NONE,
        /** The part that the client has in the engine: {@code consumer}, {@code producer}, {@code admin} ... */
        CLIENT,
        /** The topic, without the namespace. */
        TOPIC
    }

    /** All that are shown. */
    static List<KafkaMetric> all() {
        List<KafkaMetric> all = new ArrayList<>();
        streams(all);
        consumers(all);
        producers(all);
        connections(all);
        return all;
    }

    private static void streams(List<KafkaMetric> all) {
        String group = "stream-thread-metrics";
        all.add(new KafkaMetric(
                group, "commit-total", "commits_total", Kind.COUNTER, Label.NONE, ONE, "Transactions committed."));
        all.add(new KafkaMetric(
                group,
                "commit-latency-max",
                "commit_latency_max_seconds",
                Kind.MAX,
                Label.NONE,
                MS,
                "The longest commit of the last minute, of any stream thread."));
        all.add(new KafkaMetric(
                group,
                "commit-latency-avg",
                "commit_latency_avg_seconds",
                Kind.MAX,
                Label.NONE,
                MS,
                "What a commit took on average in the last minute, on the stream thread where it took longest."));
        all.add(new KafkaMetric(
                group,
                "process-total",
                "records_processed_total",
                Kind.COUNTER,
                Label.NONE,
                ONE,
                "Records that stream threads have processed."));
        all.add(new KafkaMetric(
                group,
                "process-ratio",
                "process_ratio",
                Kind.MAX,
                Label.NONE,
                ONE,
                "Share of its time that the busiest stream thread processes records, from 0 to 1."));
        all.add(new KafkaMetric(
                group,
                "blocked-time-ns-total",
                "blocked_seconds_total",
                Kind.COUNTER,
                Label.NONE,
                NANOS,
                "Time that stream threads have waited for the broker."));
        all.add(new KafkaMetric(
                "stream-metrics",
                "alive-stream-threads",
                "alive_threads",
                Kind.SUM,
                Label.NONE,
                ONE,
                "Stream threads that run."));
    }

    private static void consumers(List<KafkaMetric> all) {
        String fetch = "consumer-fetch-manager-metrics";
        all.add(new KafkaMetric(
                fetch,
                "records-lag",
                "consumer_records_lag",
                Kind.SUM,
                Label.TOPIC,
                ONE,
                "Records of its topics that this instance has not read."));
        all.add(new KafkaMetric(
                fetch,
                "records-consumed-total",
                "consumer_records_consumed_total",
                Kind.COUNTER,
                Label.CLIENT,
                ONE,
                "Records read."));
        all.add(
                new KafkaMetric(
                        fetch,
                        "fetch-latency-avg",
                        "consumer_fetch_latency_avg_seconds",
                        Kind.MAX,
                        Label.CLIENT,
                        MS,
                        "What a fetch took on average in the last half minute; the broker holds one back while it has nothing."));
        String coordinator = "consumer-coordinator-metrics";
        all.add(new KafkaMetric(
                coordinator,
                "rebalance-total",
                "consumer_rebalances_total",
                Kind.COUNTER,
                Label.NONE,
                ONE,
                "How often the partitions were divided anew among instances."));
        all.add(new KafkaMetric(
                coordinator,
                "failed-rebalance-total",
                "consumer_failed_rebalances_total",
                Kind.COUNTER,
                Label.NONE,
                ONE,
                "How often that failed."));
        all.add(new KafkaMetric(
                "consumer-metrics",
                "last-poll-seconds-ago",
                "consumer_last_poll_seconds",
                Kind.MAX,
                Label.CLIENT,
                ONE,
                "How long ago a consumer asked for records the last time."));
    }

    private static void producers(List<KafkaMetric> all) {
        String group = "producer-metrics";
        all.add(new KafkaMetric(
                group,
                "record-send-total",
                "producer_records_sent_total",
                Kind.COUNTER,
                Label.NONE,
                ONE,
                "Records written."));
        all.add(new KafkaMetric(
                group,
                "record-error-total",
                "producer_record_errors_total",
                Kind.COUNTER,
                Label.NONE,
                ONE,
                "Records that could not be written; their transaction is aborted."));
        all.add(new KafkaMetric(
                group,
                "record-retry-total",
                "producer_record_retries_total",
                Kind.COUNTER,
                Label.NONE,
                ONE,
                "Records that were sent once more."));
        all.add(new KafkaMetric(
                group,
                "request-latency-avg",
                "producer_request_latency_avg_seconds",
                Kind.MAX,
                Label.NONE,
                MS,
                "What a request of a producer took on average in the last half minute."));
        all.add(new KafkaMetric(
                group,
                "txn-commit-time-ns-total",
                "producer_transaction_commit_seconds_total",
                Kind.COUNTER,
                Label.NONE,
                NANOS,
                "Time that was spent on committing transactions."));
    }

    private static void connections(List<KafkaMetric> all) {
        for (String group : List.of("consumer-metrics", "producer-metrics", "admin-client-metrics")) {
            all.add(new KafkaMetric(
                    group,
                    "connection-count",
                    "client_connections",
                    Kind.SUM,
                    Label.CLIENT,
                    ONE,
                    "Connections to brokers."));
            all.add(new KafkaMetric(
                    group,
                    "failed-authentication-total",
                    "client_failed_authentications_total",
                    Kind.COUNTER,
                    Label.CLIENT,
                    ONE,
                    "Connections that a broker refused for who it was."));
        }
    }
}
