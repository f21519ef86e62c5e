package io.millrace.benchmarks.figures;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock that processes on one machine share. */
public final class WallClock {
    private WallClock() {}

    /** Microseconds since the epoch. */
    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
