/** Tests of this package. */
@NullMarked
package io.millrace.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
