/** What makes the workflows of a load differ: how long their steps take, their priorities, and what lists ask for. Pure. */
@NullMarked
package io.millrace.benchmarks.load.mix;

import org.jspecify.annotations.NullMarked;
