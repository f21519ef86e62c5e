/**
 * The Kafka Streams topology: a thin shell around the machine and the dispatcher. One processor takes all inputs of a partition and
 * hands them to {@link io.millrace.engine.topology.Ledger}, which loads, decides, saves and tells. Start reading at
 * {@link io.millrace.engine.topology.EngineTopology}.
 */
@NullMarked
package io.millrace.engine.topology;

import org.jspecify.annotations.NullMarked;
