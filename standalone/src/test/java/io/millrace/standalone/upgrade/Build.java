package io.millrace.standalone.upgrade;

import io.millrace.standalone.crash.ChildProcess.Program;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;

/** Which build a process runs. */
enum Build {
    /** The one to upgrade from, as {@code dev/upgrade} has made it. */
    BEFORE,

    /** The one that is tested. */
    THIS;

    /** The system property with the class path of {@link #BEFORE}, as {@code java -cp} takes it. */
    static final String CLASS_PATH = "millrace.upgrade.class-path";

    /** Why a test is skipped where there is none. */
    static final String NOT_GIVEN =
            "no build to upgrade from is given: dev/upgrade [REV] makes one and runs this test with it";

    private static final String RELEASES = "io/millrace/schemas/released/";
    private static final String INDEX = RELEASES + "index.txt";
    private static final String ALL_JARS = "*";

    /**
     * What to start. Programs of the test itself run on the libraries of either build.
     *
     * @param mainClass one that both builds have, or one of the test's
     */
    Program program(Class<?> mainClass) {
        return this == THIS
                ? Program.of(mainClass)
                : new Program(mainClass.getName(), classPathBefore() + testClassPath(), List.of());
    }

    /** The schema by which the build before writes records of this type. */
    static Schema schemaBefore(String type) {
        String latest = released(BEFORE)
                .filter(file -> file.endsWith("/" + type + ".avsc"))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalStateException("the build before has no schema of " + type));
        return new Schema.Parser().parse(resource(BEFORE, RELEASES + latest));
    }

    /** Whether both write their records in the same way: if not, the one before can read those of this one by a schema registry only. */
    static boolean haveSameSchemas() {
        return released(BEFORE).toList().equals(released(THIS).toList());
    }

    private static Stream<String> released(Build build) {
        return resource(build, INDEX).lines().filter(line -> line.endsWith(".avsc"));
    }

    private static String resource(Build build, String name) {
        try (URLClassLoader before = new URLClassLoader(urlsBefore(), ClassLoader.getPlatformClassLoader())) {
            ClassLoader loader = build == BEFORE ? before : Build.class.getClassLoader();
            try (InputStream resource = loader.getResourceAsStream(name)) {
                if (resource == null) {
                    throw new IllegalStateException(build + " has no " + name
                            + ": builds that do not keep their schemas cannot be upgraded from; take a later revision");
                }
                return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPathBefore() {
        return System.getProperty(CLASS_PATH);
    }

    private static URL[] urlsBefore() throws IOException {
        return Stream.of(classPathBefore().split(File.pathSeparator))
                .map(Path::of)
                .flatMap(Build::jars)
                .map(Build::url)
                .toArray(URL[]::new);
    }

    /** As {@code java} itself reads a class path: a star is all jars of a directory. */
    private static Stream<Path> jars(Path entry) {
        if (!entry.endsWith(ALL_JARS)) {
            return Stream.of(entry);
        }
        try (Stream<Path> files = Files.list(entry.getParent())) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What programs of the test need besides the build's own libraries, and behind them. */
    private static String testClassPath() {
        return Stream.of(Build.class, Awaitility.class, Matcher.class)
                .map(type -> File.pathSeparator
                        + type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                .collect(Collectors.joining());
    }
}
