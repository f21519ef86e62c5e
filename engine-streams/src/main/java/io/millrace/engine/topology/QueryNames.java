package io.millrace.engine.topology;

import io.millrace.schemas.Query;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** What a query asks for, by the name of the one field that it sets; read off the schema, so that a new kind of query has its name at once. */
final class QueryNames {
    private static final List<Schema.Field> KINDS = kinds();

    private QueryNames() {}

    static String of(Query query) {
        for (Schema.Field kind : KINDS) {
            if (query.get(kind.pos()) != null) {
                return kind.name();
            }
        }
        return "unknown";
    }

    private static List<Schema.Field> kinds() {
        List<Schema.Field> kinds = new ArrayList<>();
        for (Schema.Field field : Query.SCHEMA$.getFields()) {
            boolean isKind = field.schema().isUnion()
                    && field.schema().getTypes().stream().anyMatch(type -> type.getType() == Schema.Type.RECORD);
            if (isKind) {
                kinds.add(field);
            }
        }
        return kinds;
    }
}
