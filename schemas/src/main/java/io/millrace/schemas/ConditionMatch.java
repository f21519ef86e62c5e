package io.millrace.schemas;

import org.jspecify.annotations.Nullable;

/** Which workflows meet the conditions of a query. The engine lists by it and clients follow changes by it, so that both mean the same. */
public final class ConditionMatch {
    private ConditionMatch() {}

    /** Whether all conditions that are set hold for the workflow. */
    public static boolean matches(WorkflowConditions conditions, WorkflowState state) {
        return (conditions.getStatuses().isEmpty() || conditions.getStatuses().contains(state.getStatus()))
                && isUnsetOr(conditions.getWorkflowType(), state.getWorkflowType())
                && isUnsetOr(conditions.getQueue(), state.getQueue())
                && (conditions.getIdPrefix() == null || state.getWorkflowId().startsWith(conditions.getIdPrefix()))
                && isUnsetOr(conditions.getApplicationVersion(), state.getApplicationVersion())
                && (conditions.getCreatedAfterMs() == null || state.getCreatedAtMs() > conditions.getCreatedAfterMs())
                && (conditions.getCreatedBeforeMs() == null || state.getCreatedAtMs() < conditions.getCreatedBeforeMs())
                && isUnsetOr(conditions.getParentWorkflowId(), state.getParentWorkflowId())
                && isUnsetOr(conditions.getForkedFrom(), state.getForkedFrom())
                && state.getAttributes()
                        .entrySet()
                        .containsAll(conditions.getAttributes().entrySet());
    }

    private static boolean isUnsetOr(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equals(actual);
    }
}
