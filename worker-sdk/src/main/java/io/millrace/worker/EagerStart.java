package io.millrace.worker;

import io.millrace.schemas.Start;

/**
 * A new workflow for {@link EagerStarter}.
 *
 * @param commandId unique among all commands
 * @param issuer who starts it
 * @param workflowId freshly generated: an id that another client may use at the same time must go through a command
 * @param start what to run; without what only the engine can hold to: delay, priority, deduplication id, partition key
 */
public record EagerStart(String commandId, String issuer, String workflowId, Start start) {}
