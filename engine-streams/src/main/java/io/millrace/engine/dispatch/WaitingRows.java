package io.millrace.engine.dispatch;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The stored rows of all that wait. The engine adds and removes them; a {@link Backlog} reads them when it must. */
public interface WaitingRows {
    /** Calls back for each row, in no particular order. */
    void forEach(BiConsumer<Lane, Waiting> row);

    /** The first rows of a lane, in order, behind {@code after} (from the beginning where it is null). */
    List<Waiting> next(Lane lane, @Nullable Waiting after, int limit);
}
