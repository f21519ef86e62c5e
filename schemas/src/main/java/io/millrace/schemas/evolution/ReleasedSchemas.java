package io.millrace.schemas.evolution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that this build can read beside its own: those of every earlier state that may have written a record, released or not.
 * They are resources of this module: {@code released/<version>/<Type>.avsc}, listed in
 * {@code released/index.txt} (a class path cannot be listed). {@code dev/release-schemas} adds what has changed; what was
 * kept is never changed again.
 */
public final class ReleasedSchemas {
    /**
     * A record type as it was in a release.
     *
     * @param version the release, for example {@code 0.1.0}
     * @param schema the schema of a record, alone or within a larger one
     */
    public record Released(String version, Schema schema) {}

    private static final String FOLDER = "released/";

    /** The list of all files, one {@code <version>/<Type>.avsc} a line. */
    static final String INDEX = "index.txt";

    private static final List<Released> ALL = load(ReleasedSchemas::resource);

    private ReleasedSchemas() {}

    /** All record types of all releases, oldest release first. */
    public static List<Released> all() {
        return ALL;
    }

    /** Loads what an index lists, from wherever the files are. */
    static List<Released> load(Function<String, @Nullable InputStream> files) {
        List<Released> all = new ArrayList<>();
        read(files, INDEX)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(file -> {
                    Schema root = new Schema.Parser().parse(read(files, file));
                    String version = file.substring(0, file.indexOf('/'));
                    RecordTypes.recordsWithin(List.of(root))
                            .values()
                            .forEach(schema -> all.add(new Released(version, schema)));
                });
        return List.copyOf(all);
    }

    private static String read(Function<String, @Nullable InputStream> files, String file) {
        try (InputStream in = files.apply(file)) {
            if (in == null) {
                throw new IllegalStateException("the released schema " + file + " is not where the index says");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable InputStream resource(String file) {
        // Beside the records, not beside this class: the folder is what other languages look for.
        return ReleasedSchemas.class.getResourceAsStream("/io/millrace/schemas/" + FOLDER + file);
    }
}
