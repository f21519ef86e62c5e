/**
 * How workflows are run: {@link io.millrace.worker.internal.execution.WorkerRuntime} keeps one
 * {@link io.millrace.worker.internal.execution.Incarnation} of the worker at a time, which takes grants, offers credit, holds the lease and
 * runs {@link io.millrace.worker.internal.execution.Execution}s. All that an execution reports goes through its
 * {@link io.millrace.worker.internal.execution.Outbox}. Start reading at {@code WorkerRuntime}, then {@code WorkflowRun}.
 *
 * <p>Must not know Kafka, read a clock other than {@link io.millrace.worker.internal.execution.WorkerClock}, or make threads outside
 * of {@link io.millrace.worker.internal.execution.WorkerThreads}.
 */
@NullMarked
package io.millrace.worker.internal.execution;

import org.jspecify.annotations.NullMarked;
