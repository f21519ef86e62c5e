package io.millrace.engine.store;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.dispatch.WaitingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What waits for a worker, by lane and in order. */
public final class BacklogStore implements WaitingRows {
    /** Stands for "any version" in a key, where an empty text could be mistaken for one. */
    private static final String ANY_VERSION = "\u0001";

    private final Rows rows;

    BacklogStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'b');
    }

    void add(Lane lane, Waiting waiting) {
        rows.put(key(lane, waiting));
    }

    void remove(Lane lane, Waiting waiting) {
        rows.delete(key(lane, waiting));
    }

    @Override
    public void forEach(BiConsumer<Lane, Waiting> row) {
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(rows.key().build())) {
            while (found.hasNext()) {
                byte[] key = found.next().key.get();
                int queueEnd = Rows.endOfText(key, 1);
                int typeEnd = Rows.endOfText(key, queueEnd + 1);
                int versionEnd = Rows.endOfText(key, typeEnd + 1);
                String version = Rows.text(key, typeEnd + 1, versionEnd);
                Lane lane = new Lane(
                        Rows.text(key, 1, queueEnd),
                        Rows.text(key, queueEnd + 1, typeEnd),
                        version.equals(ANY_VERSION) ? null : version);
                row.accept(lane, waitingOf(key, versionEnd + 1));
            }
        }
    }

    @Override
    public List<Waiting> next(Lane lane, @Nullable Waiting after, int limit) {
        byte[] start = laneKey(lane).build().get();
        Bytes from = after == null ? new Bytes(start) : key(lane, after);
        List<Waiting> next = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found =
                rows.between(from, laneKey(lane).number(Long.MAX_VALUE).build())) {
            while (found.hasNext() && next.size() < limit) {
                Waiting waiting = waitingOf(found.next().key.get(), start.length);
                if (after == null || waiting.compareTo(after) > 0) {
                    next.add(waiting);
                }
            }
        }
        return next;
    }

    private static Waiting waitingOf(byte[] key, int from) {
        return new Waiting(Rows.number(key, from), Rows.textFrom(key, from + Long.BYTES));
    }

    private Bytes key(Lane lane, Waiting waiting) {
        return laneKey(lane).number(waiting.order()).end(waiting.workflowId());
    }

    private Rows.KeyBuilder laneKey(Lane lane) {
        String version = lane.applicationVersion() == null ? ANY_VERSION : lane.applicationVersion();
        return rows.key().text(lane.queue()).text(lane.workflowType()).text(version);
    }
}
