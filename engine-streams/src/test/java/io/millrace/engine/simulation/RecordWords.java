package io.millrace.engine.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Puts records into words, a line each: what is not set, or as it always is, is left out. */
final class RecordWords {
    private static final int LONGEST_TEXT = 60;

    private RecordWords() {}

    static String of(@Nullable Object value) {
        if (value instanceof SpecificRecord record) {
            return ofRecord(record);
        }
        if (value instanceof ByteBuffer bytes) {
            return shortened(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString());
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(RecordWords::of).toList().toString();
        }
        return value instanceof byte[] raw ? raw.length + " bytes" : shortened(String.valueOf(value));
    }

    private static String ofRecord(SpecificRecord record) {
        List<String> words = new ArrayList<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (!isDull(value)) {
                String text = of(value);
                words.add(field.name() + (text.startsWith("{") ? text : "=" + text));
            }
        }
        return "{" + String.join(" ", words) + "}";
    }

    private static boolean isDull(@Nullable Object value) {
        return value == null
                || Boolean.FALSE.equals(value)
                || value instanceof Collection<?> all && all.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "... (" + text.length() + ")";
    }
}
