package io.millrace.client;

import io.millrace.schemas.WorkflowConditions;
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
    /** The conditions as they are sent; never changed after construction. */
    private final WorkflowConditions conditions;

    Conditions(WorkflowConditions conditions) {
        this.conditions = conditions;
    }

    static WorkflowConditions noConditions() {
        return new WorkflowConditions(List.of(), null, null, null, null, null, null, Map.of(), null, null);
    }

    /** Only those in one of these statuses. */
    public final F status(WorkflowStatus... statuses) {
        return with(changed -> changed.setStatuses(List.of(statuses)));
    }

    /** Only those of this workflow type. */
    public final F type(String workflowType) {
        return with(changed -> changed.setWorkflowType(workflowType));
    }

    /** Only those of this queue. */
    public final F queue(String queue) {
        return with(changed -> changed.setQueue(queue));
    }

    /** Only those whose id begins so. */
    public final F idPrefix(String prefix) {
        return with(changed -> changed.setIdPrefix(prefix));
    }

    /** Only those pinned to this application version. */
    public final F applicationVersion(String version) {
        return with(changed -> changed.setApplicationVersion(version));
    }

    /** Only those with this attribute; several calls ask for several attributes. */
    public final F attribute(String key, String value) {
        Map<String, String> attributes = new HashMap<>(conditions.getAttributes());
        attributes.put(key, value);
        return with(changed -> changed.setAttributes(attributes));
    }

    /** Only the children of this workflow. */
    public final F parent(String workflowId) {
        return with(changed -> changed.setParentWorkflowId(workflowId));
    }

    /** Only the forks of this workflow. */
    public final F forkedFrom(String workflowId) {
        return with(changed -> changed.setForkedFrom(workflowId));
    }

    /** The conditions, which are not to be changed. */
    final WorkflowConditions conditions() {
        return conditions;
    }

    /** The same with other conditions. */
    abstract F with(WorkflowConditions changed);

    /** The same, changed; for conditions that only one kind of filter has. */
    final F with(Consumer<WorkflowConditions> change) {
        WorkflowConditions changed = new WorkflowConditions(
                conditions.getStatuses(),
                conditions.getWorkflowType(),
                conditions.getQueue(),
                conditions.getIdPrefix(),
                conditions.getApplicationVersion(),
                conditions.getCreatedAfterMs(),
                conditions.getCreatedBeforeMs(),
                conditions.getAttributes(),
                conditions.getParentWorkflowId(),
                conditions.getForkedFrom());
        change.accept(changed);
        return with(changed);
    }
}
