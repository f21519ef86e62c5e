package io.millrace.client;

/** What an {@link EngineConnection} does for one {@link StatusSink}. Thread-safe. */
public interface StatusFollowing extends AutoCloseable {
    /** The place up to which everything that is wanted has been offered. */
    StatusPosition position();

    /** Offers nothing more, and does not call {@link StatusSink#end}. */
    @Override
    void close();
}
