/** Tests of the package of the same name. */
@NullMarked
package io.millrace.benchmarks.compare.process;

import org.jspecify.annotations.NullMarked;
