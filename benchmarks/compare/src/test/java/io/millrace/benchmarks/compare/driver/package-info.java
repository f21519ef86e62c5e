/** Tests of the package of the same name. */
@NullMarked
package io.millrace.benchmarks.compare.driver;

import org.jspecify.annotations.NullMarked;
