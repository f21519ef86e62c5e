/**
 * Shows one workflow's records from all topics, a line each: the first thing to look at when something went wrong. Start
 * reading at {@link io.millrace.standalone.trace.TraceCommand}.
 *
 * <p>Reads topics only. Must not depend on the engine, the worker or the API: it shows what they wrote, not what they think.
 */
@NullMarked
package io.millrace.standalone.trace;

import org.jspecify.annotations.NullMarked;
