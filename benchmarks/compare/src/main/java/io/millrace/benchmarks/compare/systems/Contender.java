package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.process.Workspace;
import io.millrace.benchmarks.process.JavaProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A system in one of its settings. */
public interface Contender {
    /** As on the command line and in the report. */
    String name();

    /** The modes that it has. */
    List<Mode> modes();

    /** What an acknowledged step survives with these settings, in a sentence or two. */
    String durability();

    /** What a reader must know to read its figures rightly. */
    String remarks();

    /** What is missing on this machine, and how to get it; empty when all is there. */
    Optional<String> missing();

    /** Versions of its servers. */
    String versions();

    /**
     * Starts its servers in a workspace that is new, and returns when they can be used.
     *
     * @return the settings that its drivers need
     */
    Map<String, String> startServers(Workspace workspace) throws IOException, InterruptedException;

    /** A driver for it: the program takes more arguments. */
    JavaProgram driver(List<String> arguments);
}
