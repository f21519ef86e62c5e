package io.millrace.benchmarks.feed;

import io.millrace.benchmarks.figures.Rate;
import io.millrace.schemas.Start;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Workflows that are to be started.
 *
 * @param workflows how many
 * @param inFlight how many starts may be sent and not yet accepted by the engine
 * @param rate how fast; empty for as fast as it goes
 * @param starts the start of each, by its number from 0
 */
public record Batch(int workflows, int inFlight, Optional<Rate> rate, IntFunction<Start> starts) {}
