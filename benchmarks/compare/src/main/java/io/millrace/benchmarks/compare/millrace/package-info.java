/**
 * Millrace as one of the systems: {@link io.millrace.benchmarks.compare.millrace.MillracePeer} uses the worker SDK as a user would; the broker is a
 * process of its own, and so is the engine, which is {@code millrace engine}.
 */
@NullMarked
package io.millrace.benchmarks.compare.millrace;

import org.jspecify.annotations.NullMarked;
