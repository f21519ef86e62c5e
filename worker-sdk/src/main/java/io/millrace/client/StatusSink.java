package io.millrace.client;

import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes what an {@link EngineConnection} reads from the log of statuses, for one subscription. Thread-safe; nothing here blocks for longer
 * than it is told to.
 */
public interface StatusSink {
    /** Whether states of this workflow may be wanted; if not, they need not be deserialized. */
    boolean mayWant(String workflowId);

    /** Whether this state is wanted. */
    boolean wants(WorkflowState state);

    /**
     * Takes a state that is wanted.
     *
     * @param patience how long to wait for room
     * @return whether there was room; if not, nothing was taken
     */
    boolean offer(Entry entry, Duration patience);

    /** Nothing more comes. */
    void end(Ending ending, @Nullable Throwable cause);

    /**
     * A state as it was read.
     *
     * @param state the state without its output; nobody changes it any more
     * @param bytes how large it is, about
     * @param after the place behind it in the log
     */
    record Entry(WorkflowState state, int bytes, StatusPosition after) {}

    /** Why nothing more comes. */
    enum Ending {
        /** There was no room for what came. */
        NO_ROOM,
        /** The log is another one than before, or has lost what was at its end. */
        LOG_REPLACED,
        /** It could not be read. */
        UNREADABLE,
        /** The connection was closed. */
        CLOSED
    }
}
