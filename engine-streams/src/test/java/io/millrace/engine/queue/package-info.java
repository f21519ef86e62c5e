/** Tests of queues with limits, without Kafka. Start reading at {@code HomeQueueTest}; what must hold whatever happens is in {@code simulation.QueueLaws}. */
@NullMarked
package io.millrace.engine.queue;

import org.jspecify.annotations.NullMarked;
