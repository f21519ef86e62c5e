/** Tests of how the turns of a scenario are put together. */
@NullMarked
package io.millrace.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
