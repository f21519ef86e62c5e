/**
 * Acceptance tests: what the control commands promise, each through the Java client against a real broker and a real engine. Start
 * reading at {@link io.millrace.standalone.acceptance.CancelAcceptanceIT}, then at {@code Scene}, which every test has one of, and at
 * {@code SteppedWorkflow}, which most of them run.
 *
 * <p>Broker and engine are in this process and shared by all tests; each test has workers, a queue and workflow ids of its own. Nothing here may
 * look into an engine or a worker: what happened is read from the workflows' histories. What needs a process to be killed is in the
 * package {@code crash}.
 */
@NullMarked
package io.millrace.standalone.acceptance;

import org.jspecify.annotations.NullMarked;
