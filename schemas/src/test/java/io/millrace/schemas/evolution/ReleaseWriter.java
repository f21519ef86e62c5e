package io.millrace.schemas.evolution;

import io.millrace.schemas.evolution.ReleasedSchemas.Released;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/** Puts today's schemas beside those that are kept already; {@code dev/release-schemas} runs it. */
final class ReleaseWriter {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private ReleaseWriter() {}

    /** Takes the version, and the folder of the kept schemas. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: <version> <folder of the kept schemas>");
        }
        write(args[0], Path.of(args[1]), RecordTypes.roots());
    }

    /** Writes a file for each root schema that is not kept as it is, and adds them to the index. */
    static void write(String version, Path released, List<Schema> roots) throws IOException {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("\"" + version + "\" is not a version like 0.1.0");
        }
        Path folder = released.resolve(version);
        if (Files.exists(folder)) {
            throw new IllegalStateException(folder + " exists: what was kept is never changed");
        }
        Set<Long> kept = kept(released);
        List<Schema> changed =
                roots.stream().filter(root -> !kept.contains(fingerprint(root))).toList();
        if (changed.isEmpty()) {
            throw new IllegalStateException("no schema has changed since it was kept: there is nothing to do");
        }
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        for (Schema root : changed) {
            String file = root.getName() + ".avsc";
            Files.writeString(folder.resolve(file), SchemaFormatter.format("json/pretty", root) + "\n");
            lines.append(version).append('/').append(file).append('\n');
        }
        Files.writeString(
                released.resolve(ReleasedSchemas.INDEX), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private static Set<Long> kept(Path released) {
        return Files.exists(released.resolve(ReleasedSchemas.INDEX))
                ? fingerprints(ReleasedSchemas.load(file -> open(released.resolve(file))))
                : Set.of();
    }

    static Set<Long> fingerprints(List<Released> kept) {
        return kept.stream().map(old -> fingerprint(old.schema())).collect(Collectors.toSet());
    }

    static @Nullable InputStream open(Path file) {
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
