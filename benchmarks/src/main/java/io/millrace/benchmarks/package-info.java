/**
 * Load programs that anyone can run, each in a package of its own: {@link io.millrace.benchmarks.bench} against a Millrace that runs,
 * {@link io.millrace.benchmarks.load} for backlogs, {@link io.millrace.benchmarks.scenario} for one question each, and
 * {@link io.millrace.benchmarks.soak} for hours. What they share is in {@link io.millrace.benchmarks.command} (the command line),
 * {@link io.millrace.benchmarks.process} (processes), {@link io.millrace.benchmarks.cluster} (a broker and an engine),
 * {@link io.millrace.benchmarks.feed} (many starts and their ends) and {@link io.millrace.benchmarks.figures}.
 */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
