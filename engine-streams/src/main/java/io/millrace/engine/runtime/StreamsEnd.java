package io.millrace.engine.runtime;

import io.millrace.engine.observe.EngineObserver;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of an instance when one of its stream threads fails. Another thread takes its place, and does the work again from the last
 * transaction on, unless that is hopeless: then the instance ends, and a new process may find things better. Thread-safe.
 */
public final class StreamsEnd implements StreamsUncaughtExceptionHandler, KafkaStreams.StateListener {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsEnd.class);

    private final EngineObserver observer;
    private final CompletableFuture<String> reason = new CompletableFuture<>();
    private volatile @Nullable Throwable lastError;

    /** For one Streams client. */
    public StreamsEnd(EngineObserver observer) {
        this.observer = observer;
    }

    /** Completed with the reason when the client ends by itself; not by being closed. */
    public CompletableFuture<String> reason() {
        return reason;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable error) {
        lastError = error;
        observer.threadFailed();
        if (isHopeless(error)) {
            LOG.error("a stream thread failed in a way that another one would as well, so the engine ends", error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("a stream thread failed and is replaced; it goes on from its last transaction", error);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    @Override
    public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        if (now == KafkaStreams.State.PENDING_ERROR || now == KafkaStreams.State.ERROR) {
            reason.complete(words(lastError));
        }
    }

    /** A topic is gone, which a start would create or explain; or the process has no memory, or not all of its classes. */
    private static boolean isHopeless(Throwable error) {
        return error instanceof MissingSourceTopicException || error instanceof Error;
    }

    private static String words(@Nullable Throwable error) {
        if (error == null) {
            return "Kafka Streams gave up; the log says why";
        }
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root == error ? error.toString() : error + ": " + root;
    }
}
