/**
 * Runs users' workflows in their unit tests: the engine's real topology, the real worker and the real client in one process and in one
 * thread, with a clock that the test advances. Start reading at {@link io.millrace.testkit.MillraceTestKit}; inside, at
 * {@code Simulation}.
 *
 * <p>Must not know better than what it runs: no rule of the engine's, the worker's or the client's is written here a second time. Nothing
 * of Kafka shows in anything public.
 */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
