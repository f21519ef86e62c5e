package io.millrace.schemas.evolution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/** Puts today's schemas beside the released ones; {@code dev/release-schemas} runs it. */
final class ReleaseWriter {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private ReleaseWriter() {}

    /** Takes the version, and the folder of the released schemas. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: <version> <folder of the released schemas>");
        }
        write(args[0], Path.of(args[1]));
    }

    /** Writes a file for each root schema, and adds them to the index. */
    static void write(String version, Path released) throws IOException {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("\"" + version + "\" is not a version like 0.1.0");
        }
        Path folder = released.resolve(version);
        if (Files.exists(folder)) {
            throw new IllegalStateException(folder + " exists: what was released is never changed");
        }
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        for (Schema root : RecordTypes.roots()) {
            String file = root.getName() + ".avsc";
            Files.writeString(folder.resolve(file), SchemaFormatter.format("json/pretty", root) + "\n");
            lines.append(version).append('/').append(file).append('\n');
        }
        Files.writeString(
                released.resolve(ReleasedSchemas.INDEX), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
