package io.millrace.engine.store;

import io.millrace.schemas.QueueSettings;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The queues at home in this partition: their settings, their deduplication ids, and when their workflows began, as far as that counts. */
public final class QueueStore {
    private final Rows settings;
    private final Rows deduplicationIds;
    private final Rows begun;
    private final StoredRecords<QueueSettings> records = new StoredRecords<>(QueueSettings.class);

    QueueStore(KeyValueStore<Bytes, byte[]> store) {
        this.settings = new Rows(store, 's');
        this.deduplicationIds = new Rows(store, 'd');
        this.begun = new Rows(store, 'l');
    }

    /** Stores the settings of a queue. */
    public void putSettings(QueueSettings queue) {
        settings.put(settings.key().end(queue.getQueue()), records.encode(queue));
    }

    /** The settings of all queues that were declared. */
    public void forEachSettings(Consumer<QueueSettings> queue) {
        try (KeyValueIterator<Bytes, byte[]> found =
                settings.from(settings.key().build())) {
            while (found.hasNext()) {
                queue.accept(records.decode(found.next().value));
            }
        }
    }

    /**
     * Who holds a deduplication id.
     *
     * @param commandId the last command that it was held for, which may still have to be decided on; empty for a child
     */
    public record Holder(String workflowId, String commandId) {}

    /** The workflow that holds a deduplication id of a queue, or null. */
    public @Nullable Holder holder(String queue, String deduplicationId) {
        byte[] found = deduplicationIds.get(deduplicationKey(queue, deduplicationId));
        if (found == null) {
            return null;
        }
        int end = Rows.endOfText(found, 0);
        return new Holder(Rows.text(found, 0, end), Rows.textFrom(found, end + 1));
    }

    /** Lets a workflow hold a deduplication id; nobody where it is null. */
    public void hold(String queue, String deduplicationId, @Nullable Holder holder) {
        Bytes key = deduplicationKey(queue, deduplicationId);
        if (holder == null) {
            deduplicationIds.delete(key);
        } else {
            // No id has a zero byte in it.
            String row = holder.workflowId() + '\0' + holder.commandId();
            deduplicationIds.put(key, row.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * A beginning that rate limits count.
     *
     * @param partitionKey empty where there is none
     */
    public record Begun(String queue, long atMs, String workflowId, String partitionKey) {}

    /** Adds a beginning. */
    public void addBegun(Begun beginning) {
        begun.put(begunKey(beginning), beginning.partitionKey().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes out a beginning that does not count any more. */
    public void removeBegun(Begun beginning) {
        begun.delete(begunKey(beginning));
    }

    /** Visits all beginnings, those of a queue in the order of their times. */
    public void forEachBegun(Consumer<Begun> visitor) {
        try (KeyValueIterator<Bytes, byte[]> found = begun.from(begun.key().build())) {
            while (found.hasNext()) {
                var row = found.next();
                byte[] key = row.key.get();
                int queueEnd = Rows.endOfText(key, 1);
                visitor.accept(new Begun(
                        Rows.text(key, 1, queueEnd),
                        Rows.number(key, queueEnd + 1),
                        Rows.textFrom(key, queueEnd + 1 + Long.BYTES),
                        new String(row.value, StandardCharsets.UTF_8)));
            }
        }
    }

    private Bytes deduplicationKey(String queue, String deduplicationId) {
        return deduplicationIds.key().text(queue).end(deduplicationId);
    }

    private Bytes begunKey(Begun beginning) {
        return begun.key().text(beginning.queue()).number(beginning.atMs()).end(beginning.workflowId());
    }
}
