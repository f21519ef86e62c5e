/**
 * What a workflow may do, as a pure state machine: {@link io.millrace.engine.machine.WorkflowMachine#decide} turns a state and an
 * input into facts and messages, {@link io.millrace.engine.machine.FactApplier} turns a state and a fact into the next state.
 *
 * <p>No clock, no randomness, no Kafka: each input carries its time. Depends on {@code java..} and the schema records alone. Start
 * reading at {@code WorkflowMachine}; the facts are in {@code history.avdl}.
 */
@NullMarked
package io.millrace.engine.machine;

import org.jspecify.annotations.NullMarked;
