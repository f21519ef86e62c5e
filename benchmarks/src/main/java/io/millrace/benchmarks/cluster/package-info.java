/**
 * The Millrace that is measured: a broker and an engine, each a process, or those that run elsewhere. Start reading at
 * {@link io.millrace.benchmarks.cluster.ProcessCluster}. Knows nothing of what is measured with them.
 */
@NullMarked
package io.millrace.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
