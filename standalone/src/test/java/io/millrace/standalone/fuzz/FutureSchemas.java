package io.millrace.standalone.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** The schemas of a release that is not there yet: a field more, and a kind more. */
final class FutureSchemas {
    private static final Map<String, Schema> FUTURE = new ConcurrentHashMap<>();

    private FutureSchemas() {}

    static Schema of(Schema today) {
        return FUTURE.computeIfAbsent(today.getFullName(), name -> extended(today));
    }

    private static Schema extended(Schema today) {
        List<Schema.Field> fields = new ArrayList<>();
        today.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema text = Schema.create(Schema.Type.STRING);
        Schema nothing = Schema.create(Schema.Type.NULL);
        fields.add(new Schema.Field("fromTheFuture", text, null, "soon"));
        Schema kind = Schema.createRecord(
                "FutureKind", null, today.getNamespace(), false, List.of(new Schema.Field("n", text, null, "")));
        fields.add(new Schema.Field("futureKind", Schema.createUnion(nothing, kind), null, JsonProperties.NULL_VALUE));
        return Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
    }
}
