package io.millrace.engine;

/**
 * How an engine instance is.
 *
 * @param live whether it works, or will again by itself; if not, it has to be restarted
 * @param ready whether all its partitions are restored and worked on, and the broker answers
 * @param detail what is missing, in words; {@code ready} where nothing is
 */
public record EngineHealth(boolean live, boolean ready, String detail) {}
