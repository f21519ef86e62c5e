@NullMarked
package io.millrace.benchmarks.load.mix;

import org.jspecify.annotations.NullMarked;
