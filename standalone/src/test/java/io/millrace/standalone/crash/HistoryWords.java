package io.millrace.standalone.crash;

import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** A history as one reads it: a line for each entry, what is not set left out, what is long cut short. */
final class HistoryWords {
    private static final int LONGEST_TEXT = 60;

    private HistoryWords() {}

    static String of(String workflowId, List<HistoryEntry> entries) {
        return workflowId
                + entries.stream().map(HistoryWords::line).map("\n    "::concat).collect(Collectors.joining());
    }

    private static String line(HistoryEntry entry) {
        String facts = entry.getFacts().stream().map(HistoryWords::of).collect(Collectors.joining("; "));
        return entry.getNumber() + " " + Clock.time(entry.getAtMs()) + " " + facts;
    }

    /** The one field that is set, and its fields. */
    static String of(HistoryFact fact) {
        return fields(fact);
    }

    private static String fields(IndexedRecord record) {
        return record.getSchema().getFields().stream()
                .filter(field -> isSet(record.get(field.pos())))
                .map(field -> word(field, record.get(field.pos())))
                .collect(Collectors.joining(" "));
    }

    private static boolean isSet(Object value) {
        return value != null
                && !(value instanceof Collection<?> collection && collection.isEmpty())
                && !(value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static String word(Schema.Field field, Object value) {
        if (value instanceof IndexedRecord record) {
            String fields = fields(record);
            return fields.isEmpty() ? field.name() : field.name() + "(" + fields + ")";
        }
        return field.name() + "=" + text(value);
    }

    private static String text(Object value) {
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes";
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(HistoryWords::text).collect(Collectors.joining(", ", "[", "]"));
        }
        String text = value instanceof IndexedRecord record ? "(" + fields(record) + ")" : value.toString();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
