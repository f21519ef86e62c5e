/**
 * The control API over HTTP: a thin translation between JSON and {@link io.millrace.client.MillraceClient}. Start reading at
 * {@link io.millrace.api.ApiServer}, then {@code WorkflowRoutes} (start and look), {@code CommandRoutes} (one workflow), {@code
 * BulkRoutes} (many at once), {@code RecordRoutes} (history, values, forks), {@code QueueRoutes}, {@code EventRoutes} (changes as they happen), {@code WorkerRoutes} and {@code MetricsRoute}. The
 * description of all of it is the resource {@code openapi.json}, which a change of a route must change too. What a body may hold
 * is in {@code CommandRequests} and {@code BulkRequest}.
 *
 * <p>Must not depend on Kafka, on the engine or on the command line.
 */
@NullMarked
package io.millrace.api;

import org.jspecify.annotations.NullMarked;
