package io.millrace.schemas.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.evolution.ReleasedSchemas.Released;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedSchemasTest {
    @TempDir
    Path released;

    private Function<String, @Nullable InputStream> files() {
        return file -> {
            try {
                Path path = released.resolve(file);
                return Files.exists(path) ? Files.newInputStream(path) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Test
    void shouldLoadEverythingThatWasReleased() throws IOException {
        ReleaseWriter.write("0.1.0", released);
        ReleaseWriter.write("0.2.0", released);

        List<Released> all = ReleasedSchemas.load(files());

        for (String version : List.of("0.1.0", "0.2.0")) {
            Map<String, Long> fingerprints = all.stream()
                    .filter(old -> old.version().equals(version))
                    .collect(Collectors.toMap(
                            old -> old.schema().getFullName(),
                            old -> SchemaNormalization.parsingFingerprint64(old.schema()),
                            // A type within several others is there more than once, and the same each time.
                            (one, other) -> one.equals(other) ? one : -1L));
            assertEquals(fingerprintsOfToday(), fingerprints);
        }
    }

    private static Map<String, Long> fingerprintsOfToday() {
        return RecordTypes.byName().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> SchemaNormalization.parsingFingerprint64(entry.getValue())));
    }

    @Test
    void shouldNeverChangeARelease() throws IOException {
        ReleaseWriter.write("0.1.0", released);

        assertThrows(IllegalStateException.class, () -> ReleaseWriter.write("0.1.0", released));
        assertThrows(IllegalArgumentException.class, () -> ReleaseWriter.write("../x", released));
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
