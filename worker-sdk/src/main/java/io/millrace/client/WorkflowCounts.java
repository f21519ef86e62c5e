package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many workflows a filter lets through. No map has an entry of 0; those by name have the largest numbers first.
 *
 * <p>Conditions on attributes, parents and forks are counted by 64-bit hashes of what they name: that a workflow is counted which the list
 * would not show takes two names of the same hash among those in use.
 *
 * @param total all of them
 * @param byStatus by status
 * @param byType by workflow type: the {@link #MAX_TYPES} largest
 * @param byWorker by the worker that they are granted to right now; those that nobody has are in none. Of thousands of
 *     workers the engine may leave out those with the fewest
 */
public record WorkflowCounts(
        long total, Map<WorkflowStatus, Long> byStatus, Map<String, Long> byType, Map<String, Long> byWorker) {
    /** Types counted one by one: more than that nobody looks over. */
    public static final int MAX_TYPES = 200;

    /** Copies the maps; their order stays. */
    public WorkflowCounts {
        byStatus = Collections.unmodifiableMap(new LinkedHashMap<>(byStatus));
        byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
        byWorker = Collections.unmodifiableMap(new LinkedHashMap<>(byWorker));
    }
}
