@NullMarked
package io.millrace.benchmarks.process;

import org.jspecify.annotations.NullMarked;
