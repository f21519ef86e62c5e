/**
 * Load programs that anyone can run: {@code ./millrace bench}, against a Millrace that runs, is here, and {@code ./millrace load} in
 * {@link io.millrace.benchmarks.load}. Start reading at {@link io.millrace.benchmarks.BenchCommand}.
 *
 * <p>Uses the public client and worker alone, as a user would.
 */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
