package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.driver.DriverMain;
import io.millrace.benchmarks.process.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What was built of a peer's module: its driver, and the peer's library. It is run, and is never on this program's class path. */
record PeerModule(Path directory, String peerClass) {
    /** Nothing when it was built; else what to do. */
    Optional<String> missing(String peer) {
        return Files.isDirectory(directory.resolve("target/lib"))
                ? Optional.empty()
                : Optional.of("the driver of " + peer + " is not built: run this once with access to Maven Central");
    }

    JavaProgram driver(List<String> arguments) {
        List<String> main = new ArrayList<>(List.of(DriverMain.class.getName(), peerClass));
        main.addAll(arguments);
        return EqualTerms.theirs(classPath("target/*", "target/lib/*"), Map.of(), main);
    }

    /** Directories of jars below the module's, as Java's class path has them. */
    String classPath(String... parts) {
        return String.join(
                System.getProperty("path.separator"),
                Stream.of(parts).map(part -> directory + "/" + part).toList());
    }

    /** The version in the name of a jar, or "unknown". */
    String version(String jars, String artifact) {
        Path found = directory.resolve(jars);
        if (!Files.isDirectory(found)) {
            return "unknown";
        }
        try (Stream<Path> files = Files.list(found)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(artifact + "-") && name.endsWith(".jar"))
                    .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + found, e);
        }
    }
}
