package io.millrace.api;

/**
 * Whether the server can be used.
 *
 * @param ready whether it can
 * @param detail what it still waits for, in words; {@code ready} where it waits for nothing
 */
public record Readiness(boolean ready, String detail) {
    /** It can be used. */
    public static Readiness yes() {
        return new Readiness(true, "ready");
    }

    /** Not yet, and what it waits for. */
    public static Readiness notYet(String detail) {
        return new Readiness(false, detail);
    }
}
