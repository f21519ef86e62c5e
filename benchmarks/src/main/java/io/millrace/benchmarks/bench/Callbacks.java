package io.millrace.benchmarks.bench;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads on which callers go on when their result is there. */
public final class Callbacks {
    /** What a caller does then takes microseconds: two can serve all of them. */
    private static final int THREADS = 2;

    private Callbacks() {}

    /** Threads that do not keep the program alive; to be shut down. */
    public static ExecutorService threads() {
        return Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "bench-caller");
            thread.setDaemon(true);
            return thread;
        });
    }
}
