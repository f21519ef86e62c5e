/** What of the comparison is pure, and its processes. */
@NullMarked
package io.millrace.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
