/**
 * Queues with limits. {@link io.millrace.engine.queue.QueueHomes} is a queue's side, at the partition that its name leads to: slots, rates,
 * turns, and the matches with workers; {@link io.millrace.engine.queue.QueueGate} says what may be put on a queue, and holds deduplication ids. {@link io.millrace.engine.queue.QueueDesk} is the workflows' side, at theirs: it offers
 * what waits, and tells what becomes of it. They talk by transfers alone, also where both are one partition. Knows no Kafka. Why it is so is in
 * docs/adr/0016; start reading at {@link io.millrace.engine.queue.HomeQueue}.
 */
@NullMarked
package io.millrace.engine.queue;

import org.jspecify.annotations.NullMarked;
