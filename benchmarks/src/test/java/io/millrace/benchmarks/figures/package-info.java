/** Tests of this package. */
@NullMarked
package io.millrace.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
