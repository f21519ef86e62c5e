package io.millrace.standalone.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ContainerNode;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Makes a line of text of a record's value: JSON without the fields that are not set. */
final class RecordText {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Topic, Deserializer<? extends SpecificRecord>> deserializers = new EnumMap<>(Topic.class);

    RecordText(RecordSerdes serdes) {
        for (Topic topic : Topic.values()) {
            if (topic != Topic.DEAD_LETTERS) {
                Class<?> type = SpecificData.get().getClass(topic.schema());
                deserializers.put(topic, serdes.deserializer(type.asSubclass(SpecificRecord.class)));
            }
        }
    }

    String of(Topic topic, byte @Nullable [] value) {
        if (value == null) {
            return "(tombstone)";
        }
        Deserializer<? extends SpecificRecord> deserializer = deserializers.get(topic);
        if (deserializer == null) {
            return value.length + " bytes";
        }
        try {
            return withoutNulls(deserializer.deserialize(topic.suffix(), value).toString());
        } catch (RuntimeException e) {
            return "(not readable, " + value.length + " bytes: " + e + ")";
        }
    }

    static String key(byte @Nullable [] key) {
        return key == null ? "(no key)" : new String(key, StandardCharsets.UTF_8);
    }

    private String withoutNulls(String text) {
        try {
            return json.writeValueAsString(prune(json.readTree(text)));
        } catch (JsonProcessingException e) {
            return text; // Avro writes some values in a way that is not quite JSON; then as it is
        }
    }

    private static JsonNode prune(JsonNode node) {
        if (node instanceof ContainerNode<?>) {
            for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
                JsonNode child = children.next();
                if (child.isNull()) {
                    children.remove();
                } else {
                    prune(child);
                }
            }
        }
        return node;
    }
}
