/** The servers of each system, and what they need. {@link io.millrace.benchmarks.compare.systems.Contender} is what they have in common. */
@NullMarked
package io.millrace.benchmarks.compare.systems;

import org.jspecify.annotations.NullMarked;
