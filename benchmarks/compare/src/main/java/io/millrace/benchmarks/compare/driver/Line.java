package io.millrace.benchmarks.compare.driver;

import java.util.Optional;

/**
 * What a driver says to the program that started it, a line each on its standard output; anything else there is from the peer's libraries.
 *
 * @param name what it is
 * @param value a number, or a word
 */
public record Line(String name, String value) {
    /** Calls can be made, or are served. */
    public static final String READY = "ready";

    /** The version of the peer's library. */
    public static final String VERSION = "version";

    /** A task is done; its figures came before. */
    public static final String DONE = "done";

    /** Workflows per second. */
    public static final String PER_SECOND = "per-second";

    /** How long the system went on when all callers had their results, in milliseconds. */
    public static final String BEHIND_MS = "behind-ms";

    /** Milliseconds. */
    public static final String P50_MS = "p50-ms";

    /** Milliseconds. */
    public static final String P99_MS = "p99-ms";

    /** How many values the percentiles are of. */
    public static final String SAMPLES = "samples";

    /** How fast the backlog was accepted, per second. */
    public static final String ENQUEUED_PER_SECOND = "enqueued-per-second";

    /** The backlog is there: its worker can begin. */
    public static final String BACKLOG_READY = "backlog-ready";

    private static final String MARK = "compare> ";

    /** Reads a line; empty for one that is from somebody else. */
    public static Optional<Line> parse(String text) {
        int space = text.lastIndexOf(' ');
        if (!text.startsWith(MARK) || space < MARK.length()) {
            return Optional.empty();
        }
        return Optional.of(new Line(text.substring(MARK.length(), space), text.substring(space + 1)));
    }

    /** As it is printed. */
    public String written() {
        return MARK + name + " " + value;
    }

    static void say(String name, Object value) {
        System.out.println(new Line(name, value.toString()).written());
        System.out.flush();
    }
}
