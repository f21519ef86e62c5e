package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.process.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for servers that do not say when they are ready. */
final class Readiness {
    /** A server on a machine with two cores may take its time: topics, migrations, a first rebalance. */
    static final Duration LONGEST_START = Duration.ofSeconds(90);

    private static final long LOOK_AGAIN_MS = 100;

    private Readiness() {}

    /** Whether it is ready. */
    @FunctionalInterface
    interface Check {
        boolean ready() throws IOException, InterruptedException;
    }

    static void await(String server, Workspace workspace, Check check) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!check.ready()) {
            workspace.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the " + server + " is not ready after " + LONGEST_START.toSeconds()
                        + " s: see " + workspace.directory());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }
}
