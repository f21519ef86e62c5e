package io.millrace.client;

import io.millrace.schemas.ConditionMatch;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of workflows to follow, and from where on. A change is let through if the workflow meets all conditions as it is after the
 * change. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * ChangeFilter.all().type("checkout").status(COMPLETED, FAILED).after(storedPosition)
 * }</pre>
 */
public final class ChangeFilter extends Conditions<ChangeFilter> {
    private static final ChangeFilter ALL = new ChangeFilter(noConditions(), null, null);

    private final @Nullable String workflowId;
    private final @Nullable StatusPosition after;

    private ChangeFilter(WorkflowConditions conditions, @Nullable String workflowId, @Nullable StatusPosition after) {
        super(conditions);
        this.workflowId = workflowId;
        this.after = after;
    }

    /** All changes of all workflows, from now on. */
    public static ChangeFilter all() {
        return ALL;
    }

    /** Only those of this workflow. */
    public ChangeFilter workflowId(String workflowId) {
        return new ChangeFilter(conditions(), workflowId, after);
    }

    /**
     * Only those after this position, and not only those from now on. Of a workflow that has changed several times since, at least the last
     * change comes, unless the workflow is no longer kept.
     *
     * @param position a {@link StatusChange#position()}, or a {@link StatusSubscription#position()}
     * @throws IllegalArgumentException if it is none
     */
    public ChangeFilter after(String position) {
        return new ChangeFilter(conditions(), workflowId, StatusPosition.parse(position));
    }

    Optional<StatusPosition> after() {
        return Optional.ofNullable(after);
    }

    /** Whether a workflow of this id may be let through: if not, its state need not be read. */
    boolean mayMatch(String id) {
        return (workflowId == null || workflowId.equals(id))
                && (conditions().getIdPrefix() == null
                        || id.startsWith(conditions().getIdPrefix()));
    }

    boolean matches(WorkflowState state) {
        return mayMatch(state.getWorkflowId()) && ConditionMatch.matches(conditions(), state);
    }

    @Override
    ChangeFilter with(WorkflowConditions changed) {
        return new ChangeFilter(changed, workflowId, after);
    }
}
