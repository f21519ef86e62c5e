/** Tests of what the load programs print; what they measure is not asserted. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
