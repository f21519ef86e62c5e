package io.millrace.schemas.serde;

import io.millrace.schemas.registry.SchemaRegistryClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated Avro records, for {@code value.serializer}. {@code null} stays {@code null}: a tombstone.
 *
 * <p>Without {@code schema.registry.url} in the configuration: Avro's single-object encoding ({@code C3 01}, the schema's CRC-64-AVRO
 * fingerprint in little-endian order, the record). With it: the Confluent wire format ({@code 00}, the schema's id in big-endian
 * order, the record); the schema is registered under {@code <topic>-value} ({@code -key} for keys), or only looked up there with
 * {@code auto.register.schemas=false}.
 *
 * <p>Safe for use by several threads at once. {@link #serialize} throws {@link UnwritableRecordException}, or
 * {@link io.millrace.schemas.registry.SchemaRegistryException} where the registry is needed and does not do its part.
 */
public final class MillraceAvroSerializer implements Serializer<Object> {
    static final String AUTO_REGISTER = "auto.register.schemas";

    /** Most ids that are remembered. Beyond it they are asked for anew; a serializer writes to a few topics. */
    private static final int REMEMBERED_IDS = 1_000;

    private static final EncoderPool ENCODERS = new EncoderPool();

    private record TopicAndSchema(String topic, Schema schema) {}

    private final Map<TopicAndSchema, Integer> ids = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistryClient registry;
    private boolean autoRegister = true;
    private String subjectSuffix = "-value";

    /** As Kafka makes it, to be configured. Without being configured, it has no registry. */
    public MillraceAvroSerializer() {}

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        registry = SchemaRegistryClient.from(config).orElse(null);
        Object register = config.get(AUTO_REGISTER);
        autoRegister = register == null || Boolean.parseBoolean(register.toString());
        subjectSuffix = isKey ? "-key" : "-value";
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof SpecificRecord avro)) {
            throw new UnwritableRecordException(
                    "topic " + topic + ": " + value.getClass().getName() + " is not a generated Avro record", null);
        }
        RecordWriter writer = RecordWriter.of(avro.getClass());
        if (registry == null) {
            return write(topic, avro, encoder -> writer.writeSingleObject(avro, encoder));
        }
        int id = schemaId(registry, topic, writer.schema());
        return write(topic, avro, encoder -> writer.writeWithSchemaId(avro, id, encoder));
    }

    private interface Writing {
        void to(ByteArrayEncoder encoder) throws IOException;
    }

    private static byte[] write(String topic, SpecificRecord record, Writing writing) {
        ByteArrayEncoder encoder = ENCODERS.take();
        try {
            writing.to(encoder);
            return encoder.takeBytes();
        } catch (IOException | RuntimeException e) {
            String type = record.getSchema().getFullName();
            throw new UnwritableRecordException(
                    "topic " + topic + ": a " + type + " has a field that is not set or of the wrong type", e);
        } finally {
            ENCODERS.give(encoder);
        }
    }

    private int schemaId(SchemaRegistryClient client, String topic, Schema schema) {
        TopicAndSchema key = new TopicAndSchema(topic, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        String subject = topic + subjectSuffix;
        int id = autoRegister ? client.register(subject, schema) : client.lookUp(subject, schema);
        if (ids.size() >= REMEMBERED_IDS) {
            ids.clear();
        }
        ids.put(key, id);
        return id;
    }
}
