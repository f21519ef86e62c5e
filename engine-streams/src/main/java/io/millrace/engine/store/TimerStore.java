package io.millrace.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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

    /** No timer is due before this: a scan begins here, so it does not pass over the tombstones of those that fired. */
    private long scanFromMs;

    TimerStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 't');
    }

    void add(Timer timer) {
        rows.put(key(timer));
        scanFromMs = Math.min(scanFromMs, timer.dueAtMs());
    }

    void remove(Timer timer) {
        rows.delete(key(timer));
    }

    /** Timers that are due at a time, in order, no more than {@code limit}. They stay until the state they belong to has changed. */
    public List<Timer> dueAt(long nowMs, int limit) {
        if (nowMs < scanFromMs) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found =
                rows.from(rows.key().number(scanFromMs).build())) {
            long next = Long.MAX_VALUE;
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> row = found.next();
                Timer timer = timerOf(row.key.get());
                if (timer.dueAtMs() > nowMs || due.size() == limit) {
                    next = timer.dueAtMs();
                    break;
                }
                due.add(timer);
            }
            scanFromMs = due.isEmpty() ? next : due.get(0).dueAtMs();
        }
        return due;
    }

    /** When the next one is due, for those who make time go by themselves. Passes over the tombstones of those that fired. */
    public OptionalLong nextDueAtMs() {
        try (KeyValueIterator<Bytes, byte[]> found =
                rows.from(rows.key().number(0).build())) {
            return found.hasNext()
                    ? OptionalLong.of(timerOf(found.next().key.get()).dueAtMs())
                    : OptionalLong.empty();
        }
    }

    private Bytes key(Timer timer) {
        return rows.key().number(timer.dueAtMs()).one(timer.kind().code).end(timer.workflowId());
    }

    private static Timer timerOf(byte[] key) {
        return new Timer(Rows.number(key, 1), Kind.of(key[KIND_AT]), Rows.textFrom(key, KIND_AT + 1));
    }
}
