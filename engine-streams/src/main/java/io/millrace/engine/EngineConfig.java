package io.millrace.engine;

import io.millrace.engine.machine.Retention;
import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Namespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How an engine instance is to run.
 *
 * @param bootstrapServers where Kafka is
 * @param namespace the prefix of all topics, and of the application id
 * @param stateDir where the local state is kept; it can be lost, then it is restored from Kafka
 * @param partitions how many partitions the workflow topics get when they are created; fixed from then on
 * @param readerPartitions how many partitions the topics get that clients and workers read one of
 * @param replicationFactor of topics that are created; -1 for the brokers' default
 * @param standbyReplicas how many other instances keep a warm copy of each partition's state
 * @param streamThreads how many threads share this instance's partitions
 * @param recoveryLimit how often a workflow may lose its worker before it ends as RETRIES_EXHAUSTED
 * @param retention for how long closed workflows are kept whose start does not say
 * @param commitInterval how long what somebody waits for stays in an open transaction at most; it is visible to others when that ends. What is only
 *     published stays up to four times as long, 500 ms at most
 * @param instanceId names this instance across restarts; it must differ from the other instances'
 * @param kafka further settings of all Kafka clients (security, {@code schema.registry.url}), handed on as they are
 */
public record EngineConfig(
        String bootstrapServers,
        Namespace namespace,
        Path stateDir,
        int partitions,
        int readerPartitions,
        int replicationFactor,
        int standbyReplicas,
        int streamThreads,
        int recoveryLimit,
        Retention retention,
        Duration commitInterval,
        String instanceId,
        Map<String, String> kafka) {

    /** Copies its map. */
    public EngineConfig {
        kafka = Map.copyOf(kafka);
    }

    /** A builder with everything that can be known beforehand. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a configuration; every value has a default for one instance on a laptop. */
    public static final class Builder {
        private String bootstrapServers = "localhost:9092";
        private Namespace namespace = Namespace.DEFAULT;
        private Path stateDir = Path.of("millrace-state");
        private int partitions = 4;
        private int readerPartitions = 4;
        private int replicationFactor = -1;
        private int standbyReplicas;
        private int streamThreads = 1;
        private int recoveryLimit = 10;
        private Retention retention = Retention.DEFAULT;
        private Duration commitInterval = Duration.ofMillis(25);
        private String instanceId = "engine-1";
        private Map<String, String> kafka = Map.of();

        private Builder() {}

        /** Where Kafka is: {@code host:port}, several separated by commas. */
        public Builder bootstrapServers(String value) {
            bootstrapServers = value;
            return this;
        }

        /** The prefix of all topics. */
        public Builder namespace(Namespace value) {
            namespace = value;
            return this;
        }

        /** Where the local state is kept. */
        public Builder stateDir(Path value) {
            stateDir = value;
            return this;
        }

        /** Partitions of the workflow topics, at least 1. */
        public Builder partitions(int value) {
            partitions = atLeast(1, value, "partitions");
            return this;
        }

        /** Partitions of the inbox, replies and answers, at least 1. */
        public Builder readerPartitions(int value) {
            readerPartitions = atLeast(1, value, "reader partitions");
            return this;
        }

        /** Replicas of topics that are created, or -1 for the brokers' default. */
        public Builder replicationFactor(int value) {
            replicationFactor = atLeast(-1, value, "the replication factor");
            return this;
        }

        /** Warm copies on other instances, 0 for none. */
        public Builder standbyReplicas(int value) {
            standbyReplicas = atLeast(0, value, "standby replicas");
            return this;
        }

        /** Threads, at least 1. */
        public Builder streamThreads(int value) {
            streamThreads = atLeast(1, value, "stream threads");
            return this;
        }

        /** How often a workflow may lose its worker, at least 1. */
        public Builder recoveryLimit(int value) {
            recoveryLimit = atLeast(1, value, "the recovery limit");
            return this;
        }

        /**
         * For how long closed workflows are kept whose start does not say; 30 days unless set. All instances of a namespace must have the same:
         * each purges by its own the workflows of the partitions that it has. Another one counts at once, also for workflows that have ended.
         */
        public Builder retention(Retention value) {
            retention = value;
            return this;
        }

        /** The longest transaction that holds what somebody waits for, 1 ms to 10 s. Others are up to four times as long, 500 ms at most. */
        public Builder commitInterval(Duration value) {
            if (value.toMillis() < 1 || value.toMillis() > 10_000) {
                throw new IllegalArgumentException("the commit interval must be from 1 ms to 10 s, not " + value);
            }
            commitInterval = value;
            return this;
        }

        /** This instance's own name. */
        public Builder instanceId(String value) {
            instanceId = value;
            return this;
        }

        /**
         * Further settings of all Kafka clients.
         *
         * @throws IllegalArgumentException for what Millrace rests on, see {@link KafkaProperties}
         */
        public Builder kafka(Map<String, String> value) {
            KafkaProperties.check(value);
            kafka = value;
            return this;
        }

        /** The configuration. */
        public EngineConfig build() {
            return new EngineConfig(
                    bootstrapServers,
                    namespace,
                    stateDir,
                    partitions,
                    readerPartitions,
                    replicationFactor,
                    standbyReplicas,
                    streamThreads,
                    recoveryLimit,
                    retention,
                    commitInterval,
                    instanceId,
                    kafka);
        }

        private static int atLeast(int least, int value, String what) {
            if (value < least) {
                throw new IllegalArgumentException(what + " must be at least " + least + ", not " + value);
            }
            return value;
        }
    }
}
