package io.millrace.standalone.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;

/** Writes records as somebody does who has the build's published schemas, an Avro library and nothing of ours. */
final class PublishedRecords {
    private PublishedRecords() {}

    /**
     * In Avro's single-object encoding.
     *
     * @param fields maps for records, lists for arrays; what is left out has its default
     */
    static byte[] encode(Schema schema, Map<String, Object> fields) {
        try {
            ByteBuffer bytes =
                    new BinaryMessageEncoder<GenericRecord>(new GenericData(), schema).encode(record(schema, fields));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericRecord record(Schema schema, Map<?, ?> fields) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        fields.forEach((name, value) -> {
            Schema.Field field = schema.getField(name.toString());
            record.set(field, value(field.schema(), value));
        });
        return record.build();
    }

    private static Object value(Schema schema, Object value) {
        if (schema.isUnion()) {
            Schema present = schema.getTypes().stream()
                    .filter(type -> type.getType() != Schema.Type.NULL)
                    .findFirst()
                    .orElseThrow();
            return value(present, value);
        } else if (value instanceof Map<?, ?> fields && schema.getType() == Schema.Type.RECORD) {
            return record(schema, fields);
        } else if (value instanceof List<?> items) {
            return items.stream()
                    .map(item -> value(schema.getElementType(), item))
                    .toList();
        }
        return value;
    }
}
