package io.millrace.engine.dispatch;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a worker says that it can run. */
public record WorkerInfo(
        String id,
        Set<String> queues,
        Set<String> workflowTypes,
        @Nullable String applicationVersion,
        boolean stopping) {
    /** Copies its sets. */
    public WorkerInfo {
        queues = Set.copyOf(queues);
        workflowTypes = Set.copyOf(workflowTypes);
    }

    /** Whether it takes workflows of this lane. */
    public boolean canRun(Lane lane) {
        return queues.contains(lane.queue())
                && workflowTypes.contains(lane.workflowType())
                && (lane.applicationVersion() == null
                        || lane.applicationVersion().equals(applicationVersion));
    }
}
