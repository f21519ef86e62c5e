package io.millrace.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java program, to be run with the Java that runs this one.
 *
 * @param classPath as for {@code java -cp}
 * @param options of Java
 * @param environment variables besides those of this process
 * @param main the class, and its arguments
 */
public record JavaProgram(String classPath, List<String> options, Map<String, String> environment, List<String> main) {
    /** Generated code instead of reflection for records, as the launcher script sets it, too. */
    private static final String CODERS = "-Dorg.apache.avro.specific.use_custom_coders=true";

    private static final int FIRST_WITH_NATIVE_WARNINGS = 24;

    /** Copies its lists and its map. */
    public JavaProgram {
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
        main = List.copyOf(main);
    }

    /** One of this program's own classes, run as Millrace's processes are. */
    public static JavaProgram ours(List<String> options, List<String> main) {
        List<String> all = new ArrayList<>(List.of(CODERS));
        all.addAll(options);
        return new JavaProgram(System.getProperty("java.class.path"), all, Map.of(), main);
    }

    /** The command line. */
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_WARNINGS) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(main);
        return command;
    }
}
