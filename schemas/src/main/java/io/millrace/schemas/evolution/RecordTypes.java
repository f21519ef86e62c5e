package io.millrace.schemas.evolution;

import io.millrace.schemas.Topic;
import io.millrace.schemas.store.Leftover;
import io.millrace.schemas.store.QueueMember;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.ToldToQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Every record type of this version: those that are values of topics, those that the engine stores, and all within them. */
public final class RecordTypes {
    private static final Map<String, Schema> BY_NAME = recordsWithin(roots());

    private RecordTypes() {}

    /** The schemas that contain all others: the values of the topics, and what the engine keeps in its own stores. */
    public static List<Schema> roots() {
        List<Schema> roots = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic != Topic.DEAD_LETTERS) {
                roots.add(topic.schema());
            }
        }
        roots.add(StoredWorkflow.SCHEMA$);
        roots.add(ToldToQueue.SCHEMA$);
        roots.add(QueueMember.SCHEMA$);
        roots.add(Leftover.SCHEMA$);
        return List.copyOf(roots);
    }

    /** All record schemas by full name. Any of them may be written alone: the engine stores parts of larger records. */
    public static Map<String, Schema> byName() {
        return BY_NAME;
    }

    /** The record schemas among some schemas and within them, by full name. */
    static Map<String, Schema> recordsWithin(List<Schema> schemas) {
        Map<String, Schema> found = new LinkedHashMap<>();
        schemas.forEach(schema -> collect(schema, found));
        return Collections.unmodifiableMap(found);
    }

    private static void collect(Schema schema, Map<String, Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                // Before its fields, because a record may contain itself.
                if (found.putIfAbsent(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case ARRAY -> collect(schema.getElementType(), found);
            case MAP -> collect(schema.getValueType(), found);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
            default -> {
                // Contains no record.
            }
        }
    }
}
