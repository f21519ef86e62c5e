package io.millrace.engine.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Workflows that the same workers can run wait in one lane, in order; so a workflow that nobody can run holds up none but its
 * like.
 *
 * @param applicationVersion the version it is pinned to, or null where any will do
 */
public record Lane(
        String queue, String workflowType, @Nullable String applicationVersion) {}
