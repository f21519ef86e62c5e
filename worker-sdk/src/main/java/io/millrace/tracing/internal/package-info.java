/**
 * What client and worker share of tracing: {@link io.millrace.tracing.internal.Tracing} says whether there is anyone to trace for,
 * {@link io.millrace.tracing.internal.TraceContexts} puts a trace into records and reads it from them, and
 * {@link io.millrace.tracing.internal.TraceAttributes} names what spans say.
 *
 * <p>Depends on the OpenTelemetry API and on no SDK; must not know client or worker. Nothing here ever throws because of what a record holds.
 */
@NullMarked
package io.millrace.tracing.internal;

import org.jspecify.annotations.NullMarked;
