package io.millrace.engine.store;

import io.millrace.schemas.CommandReply;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What commands were answered, by workflow and command id, and by the idempotency key of a message. */
public final class AnswerStore {
    private static final byte COMMAND = 1;
    private static final byte IDEMPOTENCY_KEY = 2;

    private final Rows rows;
    private final StoredRecords<CommandReply> records = new StoredRecords<>(CommandReply.class);

    AnswerStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'c');
    }

    /** The answer to a command; null where there was none. */
    public @Nullable CommandReply toCommand(String workflowId, String commandId) {
        return records.decode(rows.get(key(workflowId, COMMAND, commandId)));
    }

    /** The answer to the message that had this key; null where there was none. */
    public @Nullable CommandReply toMessage(String workflowId, String idempotencyKey) {
        return records.decode(rows.get(key(workflowId, IDEMPOTENCY_KEY, idempotencyKey)));
    }

    /** Keeps the answer to a command. */
    public void keep(String workflowId, CommandReply reply) {
        rows.put(key(workflowId, COMMAND, reply.getCommandId()), records.encode(reply));
    }

    /** Keeps the answer to a message with a key. */
    public void keep(String workflowId, String idempotencyKey, CommandReply reply) {
        rows.put(key(workflowId, IDEMPOTENCY_KEY, idempotencyKey), records.encode(reply));
    }

    /** Deletes the answer to a command. */
    public void deleteToCommand(String workflowId, String commandId) {
        rows.delete(key(workflowId, COMMAND, commandId));
    }

    /** Deletes the answer to the message that had this key. */
    public void deleteToMessage(String workflowId, String idempotencyKey) {
        rows.delete(key(workflowId, IDEMPOTENCY_KEY, idempotencyKey));
    }

    private Bytes key(String workflowId, byte what, String id) {
        return rows.key().text(workflowId).one(what).end(id);
    }
}
