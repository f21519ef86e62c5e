package io.millrace.client;

import java.time.Instant;

/**
 * A fork of a workflow.
 *
 * @param workflowId the copy
 * @param startStep the step from which on the copy runs by itself
 * @param at when it was made, by the engine's clock
 */
public record ForkDescription(String workflowId, int startStep, Instant at) {}
