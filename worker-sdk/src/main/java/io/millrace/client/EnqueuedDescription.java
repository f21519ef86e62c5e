package io.millrace.client;

import java.time.Duration;
import java.time.Instant;

/**
 * A workflow that waits on a queue.
 *
 * @param position its place among all that were asked for: 1 goes first
 * @param workflow the workflow, without its input
 * @param priority its priority, be it given or not
 * @param enqueuedAt since when it waits, by the engine's clock
 * @param age how long it has waited: from the engine's clock to this process's, and not less than nothing
 */
public record EnqueuedDescription(
        long position, WorkflowDescription workflow, int priority, Instant enqueuedAt, Duration age) {}
