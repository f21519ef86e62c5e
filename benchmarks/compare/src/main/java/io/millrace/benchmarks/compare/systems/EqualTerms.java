package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.process.JavaProgram;
import java.util.List;
import java.util.Map;

/** What each server and each driver that is a Java program gets, whosever it is. */
final class EqualTerms {
    /**
     * A heap that is enough for all of them, four of which fit a machine with 8 GB; and the collector that serves throughput, where a machine with less
     * than two cores or 2 GB would get another one by default.
     */
    private static final List<String> JAVA = List.of("-Xmx1g", "-XX:+UseParallelGC");

    private EqualTerms() {}

    /** A program of ours. */
    static JavaProgram ours(List<String> main) {
        return JavaProgram.ours(JAVA, main);
    }

    /** A program of somebody else, with nothing of ours on its class path but what is named. */
    static JavaProgram theirs(String classPath, Map<String, String> environment, List<String> main) {
        return new JavaProgram(classPath, JAVA, environment, main);
    }
}
