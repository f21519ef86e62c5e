/**
 * The whole system in one thread, with a time of its own: real engines, real workers, and a Kafka that aborts, delays and repeats. Read {@code Simulation} first, then
 * {@code Invariant} and {@code Mutation}; for users: docs/handbook/simulation.md. Of the engine's shell it sees no more than {@code topology.LivingEngine} shows.
 */
@NullMarked
package io.millrace.engine.simulation;

import org.jspecify.annotations.NullMarked;
