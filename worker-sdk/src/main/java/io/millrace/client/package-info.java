/**
 * What a program uses to start workflows, to look at them and to command them. Start reading at {@link
 * io.millrace.client.MillraceClient}; what it needs of the engine is the narrow {@link io.millrace.client.EngineConnection}.
 *
 * <p>Commands: {@link io.millrace.client.WorkflowControl} (one workflow) and {@link io.millrace.client.BulkCommand} (many) make a {@code
 * ControlCommand}, which {@code CommandSender} sends and whose reply it turns into a result or an exception. Queries of one workflow are
 * in {@code WorkflowQueries}, of many in {@code WorkflowListing} and {@code WorkflowCounting}, of queues in {@code Queues} and {@code EnqueuedListing}. Changes as they happen come through {@code ChangeBuffer}. Nothing here holds a thread while it waits but the caller's own: what
 * asks again or keeps a pace does so by {@code Timing}, which tests move by hand.
 *
 * <p>Must not depend on Kafka (that is {@code io.millrace.client.internal}) nor on the worker's insides.
 */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;
