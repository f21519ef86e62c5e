package io.millrace.benchmarks.compare.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to run a Java program: with this program's own Java, and the same heap and collector for everybody.
 *
 * @param classPath as for {@code java -cp}
 * @param options more options of Java
 * @param environment more variables
 * @param main the class, and its arguments
 */
public record JavaProgram(String classPath, List<String> options, Map<String, String> environment, List<String> main) {
    /** What each server and each driver gets, whosever it is: enough for all of them, and four of them fit a machine with 8 GB. */
    public static final String HEAP = "-Xmx1g";

    /** The collector that serves throughput; a machine with less than two cores or 2 GB would get another one by default. */
    public static final String COLLECTOR = "-XX:+UseParallelGC";

    private static final int FIRST_WITH_NATIVE_WARNINGS = 24;

    /** With nothing but a class path. */
    public static JavaProgram of(String classPath, List<String> main) {
        return new JavaProgram(classPath, List.of(), Map.of(), main);
    }

    /** The same with one more option of Java. */
    public JavaProgram with(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new JavaProgram(classPath, more, environment, main);
    }

    /** The same with other variables. */
    public JavaProgram with(Map<String, String> variables) {
        return new JavaProgram(classPath, options, variables, main);
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(HEAP, COLLECTOR));
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_WARNINGS) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(main);
        return command;
    }
}
