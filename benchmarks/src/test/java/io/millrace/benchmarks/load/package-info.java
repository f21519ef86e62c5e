/** Tests of how a load is planned, counted and shown; what it measures is not asserted. */
@NullMarked
package io.millrace.benchmarks.load;

import org.jspecify.annotations.NullMarked;
