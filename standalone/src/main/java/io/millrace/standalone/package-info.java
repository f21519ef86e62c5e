/**
 * Puts the parts together into processes: {@code dev} (broker, engine, API and sample worker in one), {@code server},
 * {@code engine} and {@code sample-worker}. Start reading at {@link io.millrace.standalone.Main}, then
 * {@code DevServer}.
 *
 * <p>Nothing may depend on it but the launcher script, and nothing here knows how a part works: only how it is started,
 * that it is ready, and in which order it is stopped.
 */
@NullMarked
package io.millrace.standalone;

import org.jspecify.annotations.NullMarked;
