/** Tests of this package. */
@NullMarked
package io.millrace.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
