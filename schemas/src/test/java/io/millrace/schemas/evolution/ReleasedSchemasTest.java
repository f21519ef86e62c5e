package io.millrace.schemas.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedSchemasTest {
    @TempDir
    Path released;

    private Function<String, @Nullable InputStream> files() {
        return file -> ReleaseWriter.open(released.resolve(file));
    }

    @Test
    void shouldLoadEverythingThatWasKept() throws IOException {
        ReleaseWriter.write("0.1.0", released, RecordTypes.roots());

        Map<String, Long> fingerprints = ReleasedSchemas.load(files()).stream()
                .collect(Collectors.toMap(
                        old -> old.schema().getFullName(),
                        old -> ReleaseWriter.fingerprint(old.schema()),
                        // A type within several others is there more than once, and the same each time.
                        (one, other) -> one.equals(other) ? one : -1L));

        assertEquals(fingerprintsOfToday(), fingerprints);
    }

    private static Map<String, Long> fingerprintsOfToday() {
        return RecordTypes.byName().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ReleaseWriter.fingerprint(entry.getValue())));
    }

    /** The next build is to read what this one writes, so it must know these schemas also when it has others. */
    @Test
    void shouldKeepEverySchemaOfToday() {
        Set<Long> kept = ReleaseWriter.fingerprints(ReleasedSchemas.all());

        List<String> notKept = RecordTypes.byName().values().stream()
                .filter(schema -> !kept.contains(ReleaseWriter.fingerprint(schema)))
                .map(Schema::getFullName)
                .toList();

        assertEquals(
                List.of(),
                notKept,
                "these schemas have changed since they were kept: run dev/release-schemas and commit what it writes");
    }

    @Test
    void shouldKeepOnlyWhatHasChangedSince() throws IOException {
        List<Schema> roots = RecordTypes.roots();
        ReleaseWriter.write("0.1.0", released, roots.subList(0, 2));
        ReleaseWriter.write("0.1.1", released, roots.subList(0, 3));

        assertEquals(
                List.of(
                        "0.1.0/" + roots.get(0).getName() + ".avsc",
                        "0.1.0/" + roots.get(1).getName() + ".avsc",
                        "0.1.1/" + roots.get(2).getName() + ".avsc"),
                Files.readAllLines(released.resolve(ReleasedSchemas.INDEX)));
        assertThrows(IllegalStateException.class, () -> ReleaseWriter.write("0.1.2", released, roots.subList(0, 3)));
    }

    @Test
    void shouldNeverChangeWhatWasKept() throws IOException {
        ReleaseWriter.write("0.1.0", released, RecordTypes.roots());

        assertThrows(IllegalStateException.class, () -> ReleaseWriter.write("0.1.0", released, RecordTypes.roots()));
        assertThrows(IllegalArgumentException.class, () -> ReleaseWriter.write("../x", released, RecordTypes.roots()));
    }

    @Test
    void shouldSayWhichListedFileIsMissing() throws IOException {
        Files.writeString(released.resolve(ReleasedSchemas.INDEX), "# a comment\n\n0.1.0/Command.avsc\n");

        var missing = assertThrows(IllegalStateException.class, () -> ReleasedSchemas.load(files()));

        assertTrue(missing.getMessage().contains("0.1.0/Command.avsc"), missing.getMessage());
    }

    @Test
    void shouldListEveryFileThatIsThere() throws IOException {
        Path resources = Path.of("src/main/resources/io/millrace/schemas/released");
        try (Stream<Path> files = Files.walk(resources);
                Stream<String> lines = Files.lines(resources.resolve(ReleasedSchemas.INDEX))) {
            Set<String> there = files.filter(file -> file.toString().endsWith(".avsc"))
                    .map(file -> resources.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
            assertEquals(there, lines.filter(line -> line.endsWith(".avsc")).collect(Collectors.toSet()));
        }
    }

    @Test
    void shouldKnowEveryRecordThatIsGenerated() throws IOException {
        Set<String> generated = new HashSet<>();
        Path classes = Path.of("target/generated-sources/avro");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("extends org.apache.avro.specific.SpecificRecordBase")) {
                    String name = classes.relativize(file).toString().replaceAll("[/\\\\]", ".");
                    generated.add(name.substring(0, name.length() - ".java".length()));
                }
            }
        }

        assertEquals(generated, RecordTypes.byName().keySet());
    }
}
