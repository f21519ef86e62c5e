package io.millrace.benchmarks.feed;

import io.millrace.benchmarks.cluster.ReaderThread;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.client.WorkflowStatuses;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Sees workflows end, off the status topic, once that is committed. */
public final class EndReader implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final RunIds ids;
    private final Ends ends;
    private final Deserializer<WorkflowState> states;
    private final Map<String, CompletableFuture<WorkflowState>> watched = new ConcurrentHashMap<>();
    private final ReaderThread reader;

    /** Sees what ends from now on. */
    public EndReader(Target target, RunIds ids, Ends ends) {
        this.ids = ids;
        this.ends = ends;
        this.states = target.deserializer(WorkflowState.class);
        this.reader = new ReaderThread("the reader of status", target.readerFromEnd(Topic.STATUS), this::read);
    }

    /** Completes with the last state of a workflow that is yet to end. */
    public CompletableFuture<WorkflowState> end(String workflowId) {
        return watched.computeIfAbsent(workflowId, id -> new CompletableFuture<>());
    }

    /** Returns when so many workflows of the load have ended. */
    public void awaitEnds(long number, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (ends.count() < number) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "only " + ends.count() + " of " + number + " workflows are said to have ended");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    public void requireAlive() {
        reader.requireAlive();
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        OptionalInt index = ids.indexOf(record.key());
        CompletableFuture<WorkflowState> watcher = watched.get(record.key());
        if (record.value() == null || (index.isEmpty() && watcher == null)) {
            return;
        }
        WorkflowState state = states.deserialize(record.topic(), record.value());
        if (!WorkflowStatuses.isClosed(state.getStatus())) {
            return;
        }
        index.ifPresent(number -> ends.ended(number, state.getStatus(), System.nanoTime()));
        if (watcher != null) {
            watcher.complete(state);
            watched.remove(record.key());
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
