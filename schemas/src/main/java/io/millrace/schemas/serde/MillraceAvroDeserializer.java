package io.millrace.schemas.serde;

import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryException;
import io.millrace.schemas.registry.SchemaRegistryException.Kind;
import io.millrace.schemas.serde.MalformedRecordException.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link MillraceAvroSerializer} or Confluent's {@code KafkaAvroSerializer} wrote, in this release or an older one, for
 * {@code value.deserializer}. The first byte says which framing it is; the Confluent wire format can be read only with
 * {@code schema.registry.url} in the configuration. {@code null} stays {@code null}: a tombstone.
 *
 * <p>Safe for use by several threads at once. Whatever the bytes are, {@link #deserialize} returns a record or throws
 * {@link MalformedRecordException}; or {@link SchemaRegistryException} where the registry did not answer, and the record may be good.
 */
public final class MillraceAvroDeserializer implements Deserializer<Object> {
    /** Most readers that are kept for ids of a registry. Beyond it they are made anew. */
    private static final int KEPT_READERS = 1_000;

    private final KnownSchemas known;
    private final Map<Integer, RecordReader> readersById = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistryClient registry;

    /** As Kafka makes it, to be configured. Without being configured, it has no registry. */
    public MillraceAvroDeserializer() {
        this(KnownSchemas.ALL);
    }

    MillraceAvroDeserializer(KnownSchemas known) {
        this.known = known;
    }

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        registry = SchemaRegistryClient.from(config).orElse(null);
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length == 0) {
            throw new MalformedRecordException(Reason.EMPTY, "topic " + topic + ": a value of no bytes");
        }
        return switch (bytes[0]) {
            case Framing.SINGLE_OBJECT_MARKER -> readSingleObject(topic, bytes);
            case Framing.REGISTRY_MARKER -> readWithSchemaId(topic, bytes);
            default -> throw unknownFraming(topic, bytes);
        };
    }

    private Object readSingleObject(String topic, byte[] bytes) {
        if (bytes.length > 1 && bytes[1] != Framing.SINGLE_OBJECT_VERSION) {
            throw unknownFraming(topic, bytes);
        }
        requireHeader(topic, bytes, Framing.SINGLE_OBJECT_HEADER_BYTES);
        long fingerprint = Framing.fingerprint(bytes);
        RecordReader reader = known.reader(fingerprint);
        if (reader == null) {
            throw new MalformedRecordException(
                    Reason.UNKNOWN_SCHEMA,
                    "topic " + topic + ": no known schema has the fingerprint " + Long.toHexString(fingerprint));
        }
        return reader.read(bytes, Framing.SINGLE_OBJECT_HEADER_BYTES);
    }

    private Object readWithSchemaId(String topic, byte[] bytes) {
        if (registry == null) {
            throw new MalformedRecordException(
                    Reason.REGISTRY_NOT_CONFIGURED,
                    "topic " + topic + ": the value names a schema in a registry, and schema.registry.url is not set");
        }
        requireHeader(topic, bytes, Framing.REGISTRY_HEADER_BYTES);
        int id = Framing.schemaId(bytes);
        RecordReader reader = readersById.get(id);
        if (reader == null) {
            reader = readerOf(topic, id, registry);
            if (readersById.size() >= KEPT_READERS) {
                readersById.clear();
            }
            readersById.put(id, reader);
        }
        return reader.read(bytes, Framing.REGISTRY_HEADER_BYTES);
    }

    private RecordReader readerOf(String topic, int id, SchemaRegistryClient client) {
        Schema written = writtenWith(topic, id, client);
        Schema current = written.getType() == Schema.Type.RECORD ? known.current(written.getFullName()) : null;
        if (current == null) {
            throw new MalformedRecordException(
                    Reason.WRONG_TYPE, "topic " + topic + ": schema " + id + " is of no type of Millrace's");
        }
        return RecordReader.of(written, current);
    }

    private static Schema writtenWith(String topic, int id, SchemaRegistryClient client) {
        try {
            return client.byId(id);
        } catch (SchemaRegistryException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.NOT_AVRO) {
                throw new MalformedRecordException(
                        Reason.UNKNOWN_SCHEMA, "topic " + topic + ": the registry has no Avro schema " + id, e);
            }
            throw e;
        }
    }

    private static void requireHeader(String topic, byte[] bytes, int length) {
        if (bytes.length < length) {
            throw new MalformedRecordException(
                    Reason.TRUNCATED,
                    "topic " + topic + ": a value of " + bytes.length + " bytes, less than its header");
        }
    }

    private static MalformedRecordException unknownFraming(String topic, byte[] bytes) {
        return new MalformedRecordException(
                Reason.UNKNOWN_FRAMING,
                "topic " + topic + ": a value that begins with byte 0x" + Integer.toHexString(bytes[0] & 0xff)
                        + " is in no framing that is known here");
    }
}
