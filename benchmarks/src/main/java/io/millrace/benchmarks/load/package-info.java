/**
 * {@code ./millrace load}: makes a backlog on a queue, drains it, and says how that went. Start reading at
 * {@link io.millrace.benchmarks.load.LoadRun}, which has the phases in their order.
 *
 * <p>Broker, engine and workers are processes of their own, so that their memory is theirs alone and that they can be killed. Starts are sent
 * as records, as a service in any language would send them; all that needs an answer from the engine is asked as a client asks it.
 */
@NullMarked
package io.millrace.benchmarks.load;

import org.jspecify.annotations.NullMarked;
