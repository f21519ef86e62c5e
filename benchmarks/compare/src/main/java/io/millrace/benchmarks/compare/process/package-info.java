/** Processes that never outlive this one, and their directories. */
@NullMarked
package io.millrace.benchmarks.compare.process;

import org.jspecify.annotations.NullMarked;
