package io.millrace.api;

import io.millrace.client.StatusFollowing;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.client.UnknownPositionException;
import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The fake engine's log of statuses: one partition, kept whole. Thread-safe. */
final class FakeStatuses {
    static {
        // Or Avro would not copy states.
        TrustedRecords.establish();
    }

    private static final UUID LOG = new UUID(1, 2);

    static {
        // It copies records, and a test may come here before any topic or serde has been used.
        TrustedRecords.establish();
    }

    private final List<WorkflowState> log = new ArrayList<>();
    private final List<StatusSink> sinks = new ArrayList<>();

    /** Where the log is after so many changes. */
    static StatusPosition position(int changes) {
        return new StatusPosition(LOG, new long[] {changes});
    }

    synchronized void add(WorkflowState state) {
        log.add(WorkflowState.newBuilder(state).setOutput(null).build());
        sinks.forEach(sink -> offer(sink, log.size()));
    }

    private void offer(StatusSink sink, int number) {
        WorkflowState state = log.get(number - 1);
        if (sink.wants(state)) {
            sink.offer(new StatusSink.Entry(state, 100, position(number)), Duration.ZERO);
        }
    }

    synchronized CompletableFuture<StatusFollowing> follow(Optional<StatusPosition> after, StatusSink sink) {
        if (after.isPresent() && (!after.get().log().equals(LOG) || after.get().next(0) > log.size())) {
            return CompletableFuture.failedFuture(new UnknownPositionException("the position is of another log"));
        }
        int start = after.map(place -> (int) place.next(0)).orElse(log.size());
        for (int number = start + 1; number <= log.size(); number++) {
            offer(sink, number);
        }
        sinks.add(sink);
        return CompletableFuture.completedFuture(new Following(sink, start));
    }

    /** How many follow. */
    synchronized int following() {
        return sinks.size();
    }

    /** Ends all who follow, as if they were too slow. */
    void endAll(StatusSink.Ending ending, @Nullable Throwable cause) {
        List<StatusSink> all;
        synchronized (this) {
            all = List.copyOf(sinks);
        }
        all.forEach(sink -> sink.end(ending, cause));
    }

    private final class Following implements StatusFollowing {
        private final StatusSink sink;
        private int start;

        private Following(StatusSink sink, int start) {
            this.sink = sink;
            this.start = start;
        }

        /** At first where it begins, and from then on where the log ends. */
        @Override
        public StatusPosition position() {
            synchronized (FakeStatuses.this) {
                StatusPosition position = FakeStatuses.position(start);
                start = log.size();
                return position;
            }
        }

        @Override
        public void close() {
            synchronized (FakeStatuses.this) {
                sinks.remove(sink);
            }
        }
    }
}
