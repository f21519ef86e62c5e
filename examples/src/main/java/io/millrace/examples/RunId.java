package io.millrace.examples;

import java.util.UUID;

/** Tells the workflows of one run of an example from those of the last one: a workflow id is used once. */
public final class RunId {
    private static final int CHARS = 8;

    private RunId() {}

    /** The name, and something that no other run has. */
    public static String of(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, CHARS);
    }
}
