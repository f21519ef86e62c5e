package io.millrace.client;

import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Facts as the engine stores them, as events that need no schema to be read. Works on any fact, also on those still to come. */
final class HistoryFacts {
    private static final String UNKNOWN = "unknown";

    private HistoryFacts() {}

    static Stream<HistoryEvent> of(HistoryEntry entry) {
        Instant at = Instant.ofEpochMilli(entry.getAtMs());
        return entry.getFacts().stream().map(fact -> event(entry.getNumber(), at, fact));
    }

    private static HistoryEvent event(long number, Instant at, HistoryFact fact) {
        for (Schema.Field field : fact.getSchema().getFields()) {
            if (fact.get(field.pos()) instanceof SpecificRecord body) {
                return new HistoryEvent(number, at, field.name(), fields(body));
            }
        }
        return new HistoryEvent(number, at, UNKNOWN, Map.of());
    }

    private static Map<String, Object> fields(SpecificRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                fields.put(field.name(), plain(value));
            }
        }
        return Collections.unmodifiableMap(fields);
    }

    private static Object plain(Object value) {
        if (value instanceof Payload payload) {
            return Objects.requireNonNull(EncodedPayload.of(payload));
        }
        if (value instanceof SpecificRecord record) {
            return fields(record);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(HistoryFacts::plain).toList();
        }
        return value instanceof Map<?, ?> map ? Collections.unmodifiableMap(map) : value;
    }
}
