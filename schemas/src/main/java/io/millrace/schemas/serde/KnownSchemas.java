package io.millrace.schemas.serde;

import io.millrace.schemas.evolution.RecordTypes;
import io.millrace.schemas.evolution.ReleasedSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that can be read without asking anyone: those of this version and of all released ones, by fingerprint. Safe for
 * use by several threads at once.
 */
final class KnownSchemas {
    /** Those of this version and of the releases that it carries. */
    static final KnownSchemas ALL = new KnownSchemas(RecordTypes.byName(), ReleasedSchemas.all());

    private final Map<String, Schema> current;
    private final Map<Long, Schema> writtenByFingerprint = new HashMap<>();
    private final Map<Long, RecordReader> readers = new ConcurrentHashMap<>();

    KnownSchemas(Map<String, Schema> current, List<ReleasedSchemas.Released> released) {
        this.current = current;
        for (ReleasedSchemas.Released old : released) {
            // A type that no longer exists has no reader: its records are of an unknown schema.
            if (current.containsKey(old.schema().getFullName())) {
                add(old.schema());
            }
        }
        current.values().forEach(this::add);
    }

    private void add(Schema schema) {
        writtenByFingerprint.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }

    /** The schema that a type has in this version, by full name; {@code null} if there is no such type. */
    @Nullable
    Schema current(String fullName) {
        return current.get(fullName);
    }

    /** A reader of what was written with the schema of that fingerprint; {@code null} if it is unknown. */
    @Nullable
    RecordReader reader(long fingerprint) {
        RecordReader reader = readers.get(fingerprint);
        if (reader != null) {
            return reader;
        }
        Schema written = writtenByFingerprint.get(fingerprint);
        // Only known fingerprints get this far, so the map is bounded by the schemas that there are.
        return written == null ? null : readers.computeIfAbsent(fingerprint, f -> readerOf(written));
    }

    private RecordReader readerOf(Schema written) {
        return RecordReader.of(written, current.get(written.getFullName()));
    }
}
