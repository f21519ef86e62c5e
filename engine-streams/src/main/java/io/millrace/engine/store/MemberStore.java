package io.millrace.engine.store;

import io.millrace.schemas.store.QueueMember;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The workflows that queues at home in this partition know of: those that are offered to them, and those that hold a slot. */
public final class MemberStore {
    private final Rows rows;
    private final StoredRecords<QueueMember> records = new StoredRecords<>(QueueMember.class);

    MemberStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'm');
    }

    /** What the queue has of a workflow; null where it has nothing. */
    public @Nullable QueueMember find(String queue, String workflowId) {
        return records.decode(rows.get(key(queue, workflowId)));
    }

    /** Stores what the queue has of a workflow; nothing where it is null. */
    public void put(String queue, String workflowId, @Nullable QueueMember member) {
        if (member == null) {
            rows.delete(key(queue, workflowId));
        } else {
            rows.put(key(queue, workflowId), records.encode(member));
        }
    }

    /** Takes one row. */
    public interface Visitor {
        /** Takes a workflow of a queue. */
        void visit(String queue, String workflowId, QueueMember member);
    }

    /** Visits those of all queues. */
    public void forEach(Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(rows.key().build())) {
            visitAll(found, visitor);
        }
    }

    /** Visits those of one queue. */
    public void forEachOf(String queue, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> found =
                rows.startingWith(rows.key().text(queue).build())) {
            visitAll(found, visitor);
        }
    }

    private void visitAll(KeyValueIterator<Bytes, byte[]> found, Visitor visitor) {
        while (found.hasNext()) {
            var row = found.next();
            byte[] key = row.key.get();
            int queueEnd = Rows.endOfText(key, 1);
            visitor.visit(Rows.text(key, 1, queueEnd), Rows.textFrom(key, queueEnd + 1), records.decode(row.value));
        }
    }

    private Bytes key(String queue, String workflowId) {
        return rows.key().text(queue).end(workflowId);
    }
}
