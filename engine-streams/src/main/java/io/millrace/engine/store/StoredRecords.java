package io.millrace.engine.store;

import io.millrace.schemas.serde.RecordSerdes;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Records as rows. They are framed with their fingerprint and never with a registry's id: a store must be readable when the registry
 * is not there.
 */
final class StoredRecords<T extends SpecificRecord> {
    private static final RecordSerdes SERDES = RecordSerdes.from(Map.of());
    private static final String NO_TOPIC = "";

    private final Serializer<T> serializer;
    private final Deserializer<T> deserializer;

    StoredRecords(Class<T> type) {
        this.serializer = SERDES.serializer(type);
        this.deserializer = SERDES.deserializer(type);
    }

    byte[] encode(T row) {
        return serializer.serialize(NO_TOPIC, row);
    }

    @Nullable
    T decode(byte @Nullable [] row) {
        return row == null ? null : deserializer.deserialize(NO_TOPIC, row);
    }
}
