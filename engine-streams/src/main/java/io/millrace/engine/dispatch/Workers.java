package io.millrace.engine.dispatch;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The workers as this engine instance knows them. Thread-safe. */
public interface Workers {
    /** How a worker stands. */
    enum Standing {
        /** Its lease holds. */
        ALIVE,
        /** It announced that it was stopping, and then it was gone. */
        LEFT,
        /** It has not been heard of for its lease, or gave up without notice. */
        LOST
    }

    /**
     * How this worker stands. One that was never heard of is given the default lease from the first time it is asked
     * about: its heartbeat may be on its way.
     */
    Standing standing(String workerId);

    /** What a worker that is alive can run, or null. */
    @Nullable
    WorkerInfo find(String workerId);

    /** All that are alive. */
    Collection<WorkerInfo> alive();
}
