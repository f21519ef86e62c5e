package io.millrace.engine.queue;

import io.millrace.schemas.QueueSettings;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The queues as a partition sees them that they are not at home in: a moment behind. */
public interface QueueView {
    /** The settings of a queue; null where it knows none. */
    @Nullable
    QueueSettings find(String queue);

    /** All queues that it knows. */
    Collection<QueueSettings> all();

    /** A queue's home has told what it has, which may be newer than what is known here. */
    void learn(QueueSettings settings);
}
