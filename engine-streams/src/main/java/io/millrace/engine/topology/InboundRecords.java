package io.millrace.engine.topology;

import io.millrace.engine.machine.Ids;
import io.millrace.engine.machine.TransferRules;
import io.millrace.schemas.Command;
import io.millrace.schemas.Credit;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.registry.SchemaRegistryException;
import io.millrace.schemas.serde.RecordSerdes;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is on the input topics. This is done in the processor and not by the sources, so that a record that cannot be read
 * goes the same way to the dead letters as one that cannot be understood: within the transaction, and with one line in the log.
 */
final class InboundRecords {
    /**
     * Largest record that is taken in, in bytes. What becomes of it in the history is a little larger and must still fit a
     * record; and one that came compressed can be of any size.
     */
    static final int MAX_BYTES = Limits.MAX_RECORD_BYTES - 32 * 1024;

    /** Longest id that an answer can name, in characters: one that is too long for a workflow is still refused in an answer. */
    private static final int MAX_ANSWERABLE_CHARS = 16 * 1024;

    /** Largest number of a grant: as many as no partition will ever make, and far from where sums overflow. */
    private static final long MAX_GRANT_NUMBER = 1L << 53;

    private final Map<String, Deserializer<?>> deserializers;

    InboundRecords(Namespace namespace, RecordSerdes serdes) {
        this.deserializers = Map.of(
                namespace.topic(Topic.COMMANDS), serdes.deserializer(Command.class),
                namespace.topic(Topic.EVENTS), serdes.deserializer(WorkerEvent.class),
                namespace.topic(Topic.TRANSFERS), serdes.deserializer(Transfer.class),
                namespace.topic(Topic.QUERIES), serdes.deserializer(Query.class));
    }

    /**
     * The record of these bytes, or null where there are none.
     *
     * @throws UnusableRecordException if the bytes are no record of this topic
     * @throws SchemaRegistryException if they need a registry that does not answer
     */
    @Nullable
    Object read(String topic, byte @Nullable [] value) {
        Deserializer<?> deserializer = deserializers.get(topic);
        if (deserializer == null) {
            throw new UnusableRecordException("topic " + topic + " is none of the engine's");
        }
        if (value != null && value.length > MAX_BYTES) {
            throw new UnusableRecordException("the record has " + value.length + " bytes; the limit is " + MAX_BYTES);
        }
        try {
            return value == null ? null : deserializer.deserialize(topic, value);
        } catch (SchemaRegistryException e) {
            // The record may be sound: it is read again when the registry answers.
            throw e;
        } catch (SerializationException e) {
            throw new UnusableRecordException("the record cannot be read: " + e.getMessage(), e);
        }
    }

    /** Refuses a command whose answer would fit no record: it names both ids, one of them twice. */
    static void requireAnswerable(String workflowId, Command command) {
        requireAnswerable("command id", command.getCommandId());
        requireAnswerable("workflow id", workflowId);
    }

    /** Refuses a transfer that no engine has sent: what is told here would be told on, and must fit a record. */
    static void requireUsable(String key, Transfer transfer) {
        String objection = TransferRules.objectionTo(key, transfer);
        if (objection != null) {
            throw new UnusableRecordException(objection);
        }
    }

    /** Refuses a query whose answer would fit no record. */
    static void requireAnswerable(Query query) {
        requireAnswerable("query id", query.getQueryId());
    }

    /** Refuses an event before anything of it is taken: what must be so whatever state its workflow is in. */
    static void requireUsable(String key, WorkerEvent event) {
        String objection = Ids.objectionTo("worker id", event.getWorkerId());
        if (objection != null) {
            throw new UnusableRecordException(objection);
        }
        if (!event.getFacts().isEmpty()) {
            requireAnswerable("workflow id", key);
        }
        if (event.getFacts().size() > Limits.MAX_FACTS_PER_EVENT) {
            throw new UnusableRecordException(
                    "the event has " + event.getFacts().size() + " facts; the limit is " + Limits.MAX_FACTS_PER_EVENT);
        }
        Credit credit = event.getCredit();
        if (credit != null && (credit.getGrantsSeen() < 0 || credit.getGrantsSeen() > MAX_GRANT_NUMBER)) {
            throw new UnusableRecordException(
                    "the credit is for grants seen up to " + credit.getGrantsSeen() + ", which were never made");
        }
    }

    private static void requireAnswerable(String what, String id) {
        if (id.length() > MAX_ANSWERABLE_CHARS) {
            throw new UnusableRecordException("the " + what + " has " + id.length()
                    + " characters; even an answer could not name it with more than " + MAX_ANSWERABLE_CHARS);
        }
    }
}
