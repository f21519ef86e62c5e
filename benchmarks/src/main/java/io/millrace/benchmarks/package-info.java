/**
 * Load programs that anyone can run against a Millrace that runs: {@code ./millrace bench}. Start reading at
 * {@link io.millrace.benchmarks.BenchCommand}.
 *
 * <p>Uses the public client and worker alone, as a user would.
 */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
