package io.millrace.schemas.evolution;

import io.millrace.schemas.evolution.ReleasedSchemas.Released;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Finds what breaks FULL_TRANSITIVE: each release must read what any other one writes, in both directions. */
final class FullTransitive {
    private FullTransitive() {}

    /** What is wrong with today's schemas, in words; empty if nothing is. */
    static List<String> violations(Map<String, Schema> today, List<Released> released) {
        List<String> violations = new ArrayList<>();
        for (Released old : released) {
            String name = old.schema().getFullName();
            Schema now = today.get(name);
            if (now == null) {
                violations.add(name + " of " + old.version() + " is gone");
                continue;
            }
            check(now, old.schema(), name + ": today's cannot read what " + old.version() + " wrote", violations);
            check(old.schema(), now, name + ": " + old.version() + " cannot read what today's writes", violations);
        }
        return violations;
    }

    private static void check(Schema reader, Schema writer, String violation, List<String> violations) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            violations.add(violation + ": " + pair.getResult().getIncompatibilities());
        }
    }
}
