package io.millrace.benchmarks.soak;

import java.time.Duration;
import java.util.Locale;

/** Says once a minute how far a run is. */
final class ProgressLines {
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Traffic traffic;
    private final Troubles troubles;
    private final long minutes;
    private final long beganAt = System.nanoTime();
    private long said;

    ProgressLines(Traffic traffic, Troubles troubles, Duration length) {
        this.traffic = traffic;
        this.troubles = troubles;
        this.minutes = length.toMinutes();
    }

    /** To be called often. */
    void show() {
        long passed = (System.nanoTime() - beganAt) / BETWEEN.toNanos();
        if (passed > said) {
            said = passed;
            System.err.printf(
                    Locale.ROOT,
                    "%d of %d min: %,d started, %,d open, %,d ended, troubles: %s%n",
                    passed,
                    minutes,
                    traffic.started(),
                    traffic.open(),
                    traffic.ended(),
                    troubles.all());
        }
    }
}
