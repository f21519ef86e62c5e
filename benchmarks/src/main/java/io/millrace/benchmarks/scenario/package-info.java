/**
 * {@code ./millrace scenario NAME}: one question each, asked several times on broker, engine and workers of its own. Start reading at
 * {@link io.millrace.benchmarks.scenario.ScenarioRun}; each scenario is a class, and {@link io.millrace.benchmarks.scenario.Scenarios} names them.
 */
@NullMarked
package io.millrace.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
