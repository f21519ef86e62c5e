/**
 * Runs Millrace and its peers on this machine, the same works one after the other in turns, and says how many times as fast one is as another. Begin
 * at {@link io.millrace.benchmarks.compare.Comparison}. What differs from system to system is in {@code systems} (its servers) and in the {@code Peer}
 * that each driver process loads; what is measured, and how, is in {@code driver}, the same for all.
 */
@NullMarked
package io.millrace.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
