package io.millrace.standalone.crash;

import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Topic;
import java.util.HashMap;
import java.util.Map;

/**
 * Grants that workers have read and no history knows: from transactions that were aborted when an engine crashed. They are the one window in which a step may run
 * that its workflow does not allow; what runs in it is named by worker and workflow, and everything else is a fault.
 */
final class AbortedGrants {
    private record Execution(String workerId, String workflowId) {}

    private final Map<Execution, Integer> counts = new HashMap<>();

    static AbortedGrants read(TopicContents topics) {
        AbortedGrants aborted = new AbortedGrants();
        topics.forEachUncommitted(
                Topic.INBOX, InboxMessage.class, message -> aborted.written(message.key(), message.value()));
        topics.forEach(
                Topic.INBOX,
                InboxMessage.class,
                worker -> true,
                message -> aborted.committed(message.key(), message.value()));
        return aborted;
    }

    void written(String workerId, InboxMessage message) {
        count(workerId, message, 1);
    }

    void committed(String workerId, InboxMessage message) {
        count(workerId, message, -1);
    }

    private void count(String workerId, InboxMessage message, int change) {
        Grant grant = message.getGrant();
        if (grant != null && grant.getPart() == 1) {
            counts.merge(
                    new Execution(workerId, grant.getWorkflowId()),
                    change,
                    (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    int of(String workerId, String workflowId) {
        return counts.getOrDefault(new Execution(workerId, workflowId), 0);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
