package io.millrace.benchmarks.load;

import io.millrace.benchmarks.feed.RunIds;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands out the ids of a run's probes. Thread-safe. */
final class ProbeIds {
    private final RunIds ids;
    private final AtomicInteger next = new AtomicInteger();

    ProbeIds(RunIds ids) {
        this.ids = ids;
    }

    String next() {
        return ids.probe(next.getAndIncrement());
    }
}
