package io.millrace.schemas.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** Makes the serdes of all topics from one configuration. */
public final class RecordSerdes {
    private RecordSerdes(Map<String, ?> config) {}

    /** Serdes as the configuration says: {@code value.serializer}, {@code value.deserializer}, {@code schema.registry.url}. */
    public static RecordSerdes from(Map<String, ?> config) {
        return new RecordSerdes(config);
    }

    /** A serializer of one record type. */
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        BinaryMessageEncoder<T> encoder = new BinaryMessageEncoder<>(model, model.getSchema(type));
        return (topic, value) -> {
            try {
                return value == null ? null : encoder.encode(value).array();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** A deserializer that returns records of one type or throws. */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        BinaryMessageDecoder<T> decoder = new BinaryMessageDecoder<>(model, model.getSchema(type));
        return (topic, bytes) -> {
            try {
                return bytes == null ? null : decoder.decode(bytes);
            } catch (IOException | RuntimeException e) {
                throw new SerializationException(e);
            }
        };
    }

    /** Both. */
    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }
}
