/**
 * The processes that are measured: a broker, an engine and workers, each of its own, and how they are looked at from outside. Start reading at
 * {@link io.millrace.benchmarks.cluster.ProcessCluster}. Knows nothing of what is measured with them.
 */
@NullMarked
package io.millrace.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
