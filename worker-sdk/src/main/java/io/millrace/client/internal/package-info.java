/**
 * The client's connection to the engine over Kafka's topics. Start reading at
 * {@link io.millrace.client.internal.KafkaEngineConnection}, with docs/protocol.md ("Clients") beside it. How it finds out
 * that a workflow has ended, and that an end is not from before a resume, is in {@code EndWait}. How changes of workflows are followed, and
 * older ones caught up with, is in {@code StatusTail}; {@code WorkerDirectory} tells who is alive.
 *
 * <p>Not for users: it may change in any release. Must not depend on the worker.
 */
@NullMarked
package io.millrace.client.internal;

import org.jspecify.annotations.NullMarked;
