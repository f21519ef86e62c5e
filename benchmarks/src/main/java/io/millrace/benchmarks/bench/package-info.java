/**
 * {@code ./millrace bench}: callers that each wait for their result, against a Millrace that runs. Start reading at
 * {@link io.millrace.benchmarks.bench.BenchCommand}.
 *
 * <p>Uses the public client and worker alone, as a user would.
 */
@NullMarked
package io.millrace.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
