package io.millrace.engine.runtime;

import io.millrace.engine.observe.EngineObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
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

    /**
     * For how long a topic may be missing: a broker that has not heard yet of one just created, or has just come back, says that too. More
     * than metadata takes from broker to broker.
     */
    static final Duration MISSING_TOPIC_PATIENCE = Duration.ofSeconds(10);

    /** After how long without a topic being missed it counts as found: a thread that replaces another comes as far within a few seconds. */
    static final Duration MISSING_TOPIC_FORGOTTEN = Duration.ofSeconds(60);

    private final EngineObserver observer;
    private final LongSupplier nanoTime;
    private final CompletableFuture<String> reason = new CompletableFuture<>();
    private volatile @Nullable Throwable lastError;
    private boolean topicMissed;
    private long missedSinceNanos;
    private long lastMissedNanos;

    /** For one Streams client. */
    public StreamsEnd(EngineObserver observer) {
        this(observer, System::nanoTime);
    }

    StreamsEnd(EngineObserver observer, LongSupplier nanoTime) {
        this.observer = observer;
        this.nanoTime = nanoTime;
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

    /**
     * A topic stays away, which a start would create or explain; or the process has no memory, or not all of its classes; or the disk takes no more, and
     * holding on to the partitions would only keep another instance from them.
     */
    private boolean isHopeless(Throwable error) {
        return error instanceof MissingSourceTopicException
                ? staysMissing()
                : error instanceof Error || DiskFailure.in(error).isPresent();
    }

    /** All threads of an instance miss a topic at once, so that it is missed several times says nothing; that it is missed for long does. */
    private synchronized boolean staysMissing() {
        long now = nanoTime.getAsLong();
        if (!topicMissed || now - lastMissedNanos > MISSING_TOPIC_FORGOTTEN.toNanos()) {
            missedSinceNanos = now;
        }
        topicMissed = true;
        lastMissedNanos = now;
        return now - missedSinceNanos >= MISSING_TOPIC_PATIENCE.toNanos();
    }

    private static String words(@Nullable Throwable error) {
        if (error == null) {
            return "Kafka Streams gave up; the log says why";
        }
        Optional<String> disk = DiskFailure.in(error);
        if (disk.isPresent()) {
            return disk.get();
        }
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root == error ? error.toString() : error + ": " + root;
    }
}
