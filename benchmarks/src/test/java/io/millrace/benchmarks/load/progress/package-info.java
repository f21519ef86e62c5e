@NullMarked
package io.millrace.benchmarks.load.progress;

import org.jspecify.annotations.NullMarked;
