package io.millrace.engine.store;

import io.millrace.engine.machine.Statuses;
import io.millrace.schemas.store.StoredWorkflow;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Closed workflows in the order in which they are to be purged: those that have a retention of their own by the end of that, and all others by
 * their own end. So the engine's retention is in no row, and another one counts at once for everything that is there.
 */
public final class RetentionStore {
    private static final byte COMPLETE = 0;
    private static final byte BY_END = 1;
    private static final byte BY_OWN_RETENTION = 2;

    private static final int TIME_AT = 2;

    private final Rows rows;
    private boolean complete;

    private final Order byEnd;
    private final Order byOwnRetention;

    /**
     * A workflow that has ended.
     *
     * @param own whether it has a retention of its own
     * @param atMs the end of that, if it has; else its own end
     */
    public record Ended(String workflowId, boolean own, long atMs) {
        /** How a workflow is kept; null where it is not closed, or must not be purged yet. */
        public static @Nullable Ended of(StoredWorkflow workflow) {
            Long sinceMs = Statuses.keptSinceMs(workflow);
            Long own = workflow.getRetentionMs();
            String workflowId = workflow.getState().getWorkflowId();
            return sinceMs == null ? null : new Ended(workflowId, own != null, own == null ? sinceMs : sinceMs + own);
        }
    }

    RetentionStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'p');
        this.complete = rows.get(rows.key().one(COMPLETE).build()) != null;
        this.byEnd = new Order(BY_END);
        this.byOwnRetention = new Order(BY_OWN_RETENTION);
    }

    /** Whether all workflows that have ended are in here: those that ended under an engine that purged nothing are to be added first. */
    public boolean isComplete() {
        return complete;
    }

    /** All that had ended before are in here now. */
    public void setComplete() {
        complete = true;
        rows.put(rows.key().one(COMPLETE).build());
    }

    /** Adds one; does nothing where it is in already. */
    public void add(Ended ended) {
        orderOf(ended).add(ended);
    }

    /** Takes one out. */
    public void remove(Ended ended) {
        rows.delete(orderOf(ended).key(ended));
    }

    /**
     * The next one to be purged; null where there is none.
     *
     * @param retentionMs the engine's retention, for those without one of their own
     */
    public @Nullable Ended nextDue(long nowMs, long retentionMs) {
        Ended own = byOwnRetention.nextDue(nowMs);
        return own != null ? own : byEnd.nextDue(nowMs - retentionMs);
    }

    private Order orderOf(Ended ended) {
        return ended.own() ? byOwnRetention : byEnd;
    }

    /** Rows by one of the two times. */
    private final class Order {
        private final byte code;

        /** None has an earlier time: a scan begins here, so it does not pass over the tombstones of those that were purged. */
        private long scanFromMs;

        private Order(byte code) {
            this.code = code;
        }

        private void add(Ended ended) {
            rows.put(key(ended));
            scanFromMs = Math.min(scanFromMs, ended.atMs());
        }

        private @Nullable Ended nextDue(long byMs) {
            if (byMs < scanFromMs) {
                return null;
            }
            Ended first = first();
            scanFromMs = first == null ? Long.MAX_VALUE : first.atMs();
            return scanFromMs <= byMs ? first : null;
        }

        private @Nullable Ended first() {
            Bytes from = rows.key().one(code).number(scanFromMs).build();
            Bytes to = rows.key().one((byte) (code + 1)).build();
            try (KeyValueIterator<Bytes, byte[]> found = rows.between(from, to)) {
                if (!found.hasNext()) {
                    return null;
                }
                byte[] key = found.next().key.get();
                return new Ended(
                        Rows.textFrom(key, TIME_AT + Long.BYTES), code == BY_OWN_RETENTION, Rows.number(key, TIME_AT));
            }
        }

        private Bytes key(Ended ended) {
            return rows.key().one(code).number(ended.atMs()).end(ended.workflowId());
        }
    }
}
