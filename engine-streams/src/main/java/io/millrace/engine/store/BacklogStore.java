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
    /** Stands for "any version" and "no partition key" in a key, where an empty text could be mistaken for one. */
    private static final String NONE = "\u0001";

    /** Most priorities of a lane that are looked at to find its oldest. */
    private static final int MAX_PRIORITIES_LOOKED_AT = 100;

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
            Lane last = null;
            while (found.hasNext()) {
                byte[] key = found.next().key.get();
                int queueEnd = Rows.endOfText(key, 1);
                int rankAt = queueEnd + 1;
                int typeEnd = Rows.endOfText(key, rankAt + 1);
                int versionEnd = Rows.endOfText(key, typeEnd + 1);
                int partitionKeyEnd = Rows.endOfText(key, versionEnd + 1);
                Lane lane = new Lane(
                        Rows.text(key, 1, queueEnd),
                        Rows.text(key, rankAt + 1, typeEnd),
                        textOrNull(key, typeEnd + 1, versionEnd),
                        textOrNull(key, versionEnd + 1, partitionKeyEnd),
                        Lane.Rank.of(key[rankAt]));
                // One object for all rows of a lane: there may be a million.
                last = lane.equals(last) ? last : lane;
                row.accept(last, waitingOf(key, partitionKeyEnd + 1));
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

    /**
     * The lowest order of a lane. Skips from priority to priority, of which there are few: within one, the first is the lowest.
     *
     * @param first the first of the lane: what is before it are tombstones, which may be many
     */
    public long oldestOrder(Lane lane, Waiting first) {
        long oldest = first.order();
        byte[] start = laneKey(lane).build().get();
        Bytes to = laneKey(lane).number(Long.MAX_VALUE).build();
        long from = first.priority() + 1L;
        for (int priorities = 0; priorities < MAX_PRIORITIES_LOOKED_AT; priorities++) {
            try (KeyValueIterator<Bytes, byte[]> found =
                    rows.between(laneKey(lane).number(from).build(), to)) {
                if (!found.hasNext()) {
                    break;
                }
                Waiting next = waitingOf(found.next().key.get(), start.length);
                oldest = Math.min(oldest, next.order());
                from = next.priority() + 1L;
            }
        }
        return oldest;
    }

    private static Waiting waitingOf(byte[] key, int from) {
        int orderAt = from + Long.BYTES;
        return new Waiting(
                (int) Rows.number(key, from), Rows.number(key, orderAt), Rows.textFrom(key, orderAt + Long.BYTES));
    }

    private static @Nullable String textOrNull(byte[] key, int from, int to) {
        return to == from + 1 && key[from] == NONE.charAt(0) ? null : Rows.text(key, from, to);
    }

    private Bytes key(Lane lane, Waiting waiting) {
        return laneKey(lane).number(waiting.priority()).number(waiting.order()).end(waiting.workflowId());
    }

    private Rows.KeyBuilder laneKey(Lane lane) {
        String version = lane.applicationVersion() == null ? NONE : lane.applicationVersion();
        String partitionKey = lane.partitionKey() == null ? NONE : lane.partitionKey();
        return rows.key()
                .text(lane.queue())
                .one((byte) lane.rank().ordinal())
                .text(lane.workflowType())
                .text(version)
                .text(partitionKey);
    }
}
