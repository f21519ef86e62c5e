package io.millrace.benchmarks.load.progress;

import io.millrace.benchmarks.figures.Spans;
import java.time.Duration;
import java.util.Locale;

/**
 * Where a run is.
 *
 * @param phase what it does
 * @param done how much of it, of {@code total}
 * @param accepted how many workflows were accepted in all
 * @param ended how many of those have ended
 * @param perSecond how fast it goes at present
 */
record Progress(String phase, long done, long total, long accepted, long ended, double perSecond) {
    private static final int CELLS = 16;

    /** For a line of a terminal. */
    String bar() {
        int full = total == 0 ? 0 : (int) (CELLS * done / total);
        return String.format(
                Locale.ROOT,
                "%-8s %s%s %3d %%  depth %,d  %,.0f/s  %s",
                phase,
                "█".repeat(full),
                "░".repeat(CELLS - full),
                percent(),
                accepted - ended,
                perSecond,
                left());
    }

    /** For a log. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s: %d %%, %,d enqueued, %,d ended, depth %,d, %,.0f/s, %s",
                phase,
                percent(),
                accepted,
                ended,
                accepted - ended,
                perSecond,
                left());
    }

    private long percent() {
        return total == 0 ? 100 : 100 * done / total;
    }

    private String left() {
        if (perSecond < 1e-3) {
            return "ETA unknown";
        }
        return "ETA " + Spans.passed(Duration.ofSeconds((long) Math.ceil((total - done) / perSecond)));
    }
}
