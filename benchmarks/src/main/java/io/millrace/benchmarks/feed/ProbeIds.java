package io.millrace.benchmarks.feed;

import java.util.concurrent.atomic.AtomicInteger;

/** Hands out the ids of a run's probes. Thread-safe. */
public final class ProbeIds {
    private final RunIds ids;
    private final AtomicInteger next = new AtomicInteger();

    /** Those of a run. */
    public ProbeIds(RunIds ids) {
        this.ids = ids;
    }

    /** The next one. */
    public String next() {
        return ids.probe(next.getAndIncrement());
    }
}
