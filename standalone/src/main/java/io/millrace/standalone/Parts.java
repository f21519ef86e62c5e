package io.millrace.standalone;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;

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
        /** Whether all its partitions are being worked on. */
        boolean isReady();
    }

    /**
     * What an engine is started with.
     *
     * @param cluster where it works
     * @param stateDirectory where it keeps its stores, which it can also restore from Kafka
     * @param partitions how many partitions a new namespace gets
     * @param replicationFactor how many copies its topics get
     */
    record EngineSettings(Cluster cluster, Path stateDirectory, int partitions, int replicationFactor) {}

    /**
     * Where the API listens.
     *
     * @param host the address; loopback unless the user says otherwise, because there is no authentication
     * @param port the port
     */
    record ApiAddress(String host, int port) {
        static final String LOOPBACK = "127.0.0.1";
        static final int DEFAULT_PORT = 7070;

        /** What a person types into a browser. */
        String url() {
            return "http://" + (host.equals(LOOPBACK) ? "localhost" : host) + ":" + port;
        }
    }

    /** Starts the engine; returns when it has joined, which is before it is ready. */
    Engine startEngine(EngineSettings settings) throws Exception;

    /** Starts the API, which answers from then on, and says that it is ready when the engine is. */
    Part startApi(Cluster cluster, ApiAddress address, BooleanSupplier engineReady) throws Exception;

    /** Starts a worker with the sample workflows. */
    Part startSampleWorker(Cluster cluster) throws Exception;
}
