package io.millrace.worker.internal.execution;

import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Which failures of steps the code has been shown, and when: should one of them end the workflow, the record is to say so. Keyed by
 * the exceptions themselves, none of which defines what equals it, and weakly, because code that goes on has forgotten them.
 */
final class SeenFailures {
    private final Map<Throwable, Seen> seen = new WeakHashMap<>();

    /** The step that failed, and how many steps had been called when the code saw it. */
    record Seen(int seq, int afterStep) {}

    <E extends RuntimeException> E show(E failure, int seq, int afterStep) {
        seen.put(failure, new Seen(seq, afterStep));
        return failure;
    }

    /** The first of them that ended the code: what it threw, or a cause of that. */
    Optional<Seen> among(Throwable thrown) {
        return Causes.of(thrown).filter(seen::containsKey).findFirst().map(seen::get);
    }
}
