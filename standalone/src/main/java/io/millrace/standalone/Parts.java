package io.millrace.standalone;

import io.millrace.api.access.AccessConfig;
import io.millrace.engine.EngineHealth;
import io.millrace.engine.machine.Retention;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** How each part is started. Everything else here knows the parts by this alone. */
interface Parts {
    /** A running part. */
    interface Part extends AutoCloseable {
        /** Stops it cleanly. */
        @Override
        void close();
    }

    /** A running engine. */
    interface Engine extends Part {
        /** How it is now; must not block. */
        EngineHealth health();

        /** Completed, with the reason, when it has ended by itself and cannot go on; never by being closed. */
        CompletableFuture<String> ended();
    }

    /** A running worker. */
    interface Worker extends Part {
        /** Whether it can be given work now. */
        boolean isReady();
    }

    /**
     * What an engine is started with.
     *
     * @param cluster where it works
     * @param instanceId its name, by which a restarted engine has its place back at once; no other running engine may have it
     * @param stateDirectory where it keeps its stores, which it can also restore from Kafka
     * @param newTopics how the topics of a new namespace are made
     * @param capacity what it does for availability and speed
     * @param retention for how long it keeps closed workflows whose start does not say
     */
    record EngineSettings(
            Cluster cluster,
            String instanceId,
            Path stateDirectory,
            NewTopics newTopics,
            Capacity capacity,
            Retention retention) {}

    /**
     * How the topics of a new namespace are made; an existing one keeps its own.
     *
     * @param partitions how many partitions each gets
     * @param replicationFactor how many copies Kafka keeps
     */
    record NewTopics(int partitions, int replicationFactor) {}

    /**
     * What an engine does for availability and speed.
     *
     * @param standbyReplicas how many other engines keep a warm copy of each partition's state
     * @param streamThreads how many threads share its partitions
     */
    record Capacity(int standbyReplicas, int streamThreads) {
        /** One engine alone. */
        static final Capacity SINGLE = new Capacity(0, 1);
    }

    /**
     * Where the API listens, and to whom.
     *
     * @param host the address; loopback unless the user says otherwise
     * @param port the port
     * @param access who may use it
     */
    record ApiAddress(String host, int port, AccessConfig access) {
        static final String LOOPBACK = "127.0.0.1";
        static final int DEFAULT_PORT = 7070;

        /** What a person types into a browser. */
        String url() {
            return "http://" + (host.equals(LOOPBACK) ? "localhost" : host) + ":" + port;
        }
    }

    /** Starts the engine; returns when it has joined, which is before it is ready. */
    Engine startEngine(EngineSettings settings) throws Exception;

    /** Starts the API, which answers from then on, and says how the engine is. */
    Part startApi(Cluster cluster, ApiAddress address, Supplier<EngineHealth> engine) throws Exception;

    /** Starts a worker with the sample workflows. */
    Worker startSampleWorker(Cluster cluster) throws Exception;

    /** Serves metrics and health alone, for a process that has no API. */
    Part startOperations(ApiAddress address, Supplier<EngineHealth> health) throws Exception;
}
