package io.millrace.client;

import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.WorkflowStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which workflows, by what they are and how they stand. All conditions that are set must hold. Immutable: each method returns a changed
 * copy.
 *
 * @param <F> what the conditions are part of: {@link WorkflowFilter} for lists and commands to many, {@link ChangeFilter} for changes
 */
public abstract sealed class Conditions<F extends Conditions<F>> permits WorkflowFilter, ChangeFilter {
    static {
        // Or Avro would not copy conditions.
        TrustedRecords.establish();
    }

    /** The conditions as they are sent; never changed after construction. */
    private final ListWorkflows conditions;

    Conditions(ListWorkflows conditions) {
        this.conditions = conditions;
    }

    static ListWorkflows noConditions() {
        return ListWorkflows.newBuilder().build();
    }

    /** Only those in one of these statuses. */
    public final F status(WorkflowStatus... statuses) {
        return with(query -> query.setStatuses(List.of(statuses)));
    }

    /** Only those of this workflow type. */
    public final F type(String workflowType) {
        return with(query -> query.setWorkflowType(workflowType));
    }

    /** Only those of this queue. */
    public final F queue(String queue) {
        return with(query -> query.setQueue(queue));
    }

    /** Only those whose id begins so. */
    public final F idPrefix(String prefix) {
        return with(query -> query.setIdPrefix(prefix));
    }

    /** Only those pinned to this application version. */
    public final F applicationVersion(String version) {
        return with(query -> query.setApplicationVersion(version));
    }

    /** Only those with this attribute; several calls ask for several attributes. */
    public final F attribute(String key, String value) {
        Map<String, String> attributes = new HashMap<>(conditions.getAttributes());
        attributes.put(key, value);
        return with(query -> query.setAttributes(attributes));
    }

    /** Only the children of this workflow. */
    public final F parent(String workflowId) {
        return with(query -> query.setParentWorkflowId(workflowId));
    }

    /** Only the forks of this workflow. */
    public final F forkedFrom(String workflowId) {
        return with(query -> query.setForkedFrom(workflowId));
    }

    /** The same with other conditions. */
    abstract F with(ListWorkflows changed);

    /** A query of the conditions, to be completed by the caller. */
    final ListWorkflows toQuery() {
        return ListWorkflows.newBuilder(conditions).build();
    }

    /** The same, changed; for conditions that only one kind of filter has. */
    final F with(Consumer<ListWorkflows> change) {
        ListWorkflows changed = toQuery();
        change.accept(changed);
        return with(changed);
    }
}
