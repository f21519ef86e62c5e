package io.millrace.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Times at which something is to happen, the earliest first. */
public final class TimerStore {
    /** What is to happen. */
    public enum Kind {
        /** A delay or a wait is over. */
        WAKE((byte) 1),
        /** The workflow's timeout is used up. */
        DEADLINE((byte) 2);

        private final byte code;

        Kind(byte code) {
            this.code = code;
        }

        private static Kind of(byte code) {
            return code == WAKE.code ? WAKE : DEADLINE;
        }
    }

    /** One timer. */
    public record Timer(long dueAtMs, Kind kind, String workflowId) {}

    private static final int KIND_AT = 1 + Long.BYTES;

    private final Rows rows;

    /** No timer stands before this row: a scan begins here, so it does not pass over the tombstones of those that fired. */
    private Bytes scanFrom;

    TimerStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 't');
        this.scanFrom = atOrAfter(0);
    }

    void add(Timer timer) {
        Bytes key = key(timer);
        rows.put(key);
        if (key.compareTo(scanFrom) < 0) {
            scanFrom = key;
        }
    }

    void remove(Timer timer) {
        rows.delete(key(timer));
    }

    /** Timers that are due at a time, in order, no more than {@code limit}. They stay until the state they belong to has changed. */
    public List<Timer> dueAt(long nowMs, int limit) {
        if (nowMs < Rows.number(scanFrom.get(), 1)) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        Bytes first = null;
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(scanFrom)) {
            while (found.hasNext() && due.size() < limit) {
                Bytes key = found.next().key;
                first = first == null ? key : first;
                Timer timer = timerOf(key.get());
                if (timer.dueAtMs() > nowMs) {
                    break;
                }
                due.add(timer);
            }
        }
        scanFrom = first == null ? atOrAfter(Long.MAX_VALUE) : first;
        return due;
    }

    /** When the next one is due, for those who make time go by themselves. Passes over the tombstones of those that fired. */
    public OptionalLong nextDueAtMs() {
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(atOrAfter(0))) {
            return found.hasNext()
                    ? OptionalLong.of(timerOf(found.next().key.get()).dueAtMs())
                    : OptionalLong.empty();
        }
    }

    private Bytes atOrAfter(long ms) {
        return rows.key().number(ms).build();
    }

    private Bytes key(Timer timer) {
        return rows.key().number(timer.dueAtMs()).one(timer.kind().code).end(timer.workflowId());
    }

    private static Timer timerOf(byte[] key) {
        return new Timer(Rows.number(key, 1), Kind.of(key[KIND_AT]), Rows.textFrom(key, KIND_AT + 1));
    }
}
