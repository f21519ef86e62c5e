package io.millrace.benchmarks.compare.driver;

/**
 * One thing that a driver is to do, written as {@code kind,steps,callers,amount} on its command line.
 *
 * @param kind what
 * @param steps of each workflow
 * @param callers at once
 * @param amount milliseconds of measuring; for {@link Kind#DRAIN} the number of workflows
 */
public record Task(Kind kind, int steps, int callers, int amount) {
    private static final int PARTS = 4;

    /** What can be done. */
    public enum Kind {
        /** Callers as in {@link #RATE}, and nothing is measured. */
        WARM_UP,
        /** Workflows per second that so many callers get. */
        RATE,
        /** Start to result, as each caller sees it: median and 99th percentile. */
        LATENCY,
        /** What one more step costs. */
        STEP,
        /** Workflows per second while a backlog is worked off. */
        DRAIN
    }

    /** Checks the numbers. */
    public Task {
        if (steps < 1 || amount < 1 || callers < 1 || callers > Peer.MOST_CALLERS) {
            throw new IllegalArgumentException("no task: " + kind + " of " + amount + " with " + steps + " steps and "
                    + callers + " callers (1 to " + Peer.MOST_CALLERS + ")");
        }
    }

    /** Reads what {@link #written} has written. */
    public static Task parse(String text) {
        String[] parts = text.split(",");
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("no task: " + text);
        }
        return new Task(
                Kind.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    /** As on the command line. */
    public String written() {
        return kind + "," + steps + "," + callers + "," + amount;
    }
}
