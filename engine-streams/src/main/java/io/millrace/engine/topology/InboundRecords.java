package io.millrace.engine.topology;

import io.millrace.schemas.Command;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
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
    private final Map<String, Deserializer<?>> deserializers;

    InboundRecords(Namespace namespace, RecordSerdes serdes) {
        this.deserializers = Map.of(
                namespace.topic(Topic.COMMANDS), serdes.deserializer(Command.class),
                namespace.topic(Topic.EVENTS), serdes.deserializer(WorkerEvent.class),
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
        try {
            return value == null ? null : deserializer.deserialize(topic, value);
        } catch (SchemaRegistryException e) {
            // The record may be sound: it is read again when the registry answers.
            throw e;
        } catch (SerializationException e) {
            throw new UnusableRecordException("the record cannot be read: " + e.getMessage(), e);
        }
    }
}
