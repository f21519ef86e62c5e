/**
 * Crash tests: real processes, killed, frozen and started again at points that files and topics make exact, and judged
 * afterwards by what is on the topics. Start reading at {@link io.millrace.standalone.crash.WorkerCrashIT}, then at
 * {@code GatedWorkflow}, which is what all of them run, and at {@code RecordedHistory}, which says what must hold of any
 * history. {@code EverythingCrashIT} does it all at once, by a seed: {@code Ensemble} is who is troubled, {@code Troubles} when, {@code Target} how, and
 * {@code Invariants} what must hold afterwards.
 *
 * <p>Processes are started as users start them, by {@code Main} or as a worker of their own; nothing here may look into an engine
 * or a worker. What a step does to the world is a line in a file ({@code Effects}), which outlives every process.
 */
@NullMarked
package io.millrace.standalone.crash;

import org.jspecify.annotations.NullMarked;
