/**
 * How a worker talks to the topics. {@link io.millrace.worker.internal.transport.WorkerTransport} is the seam: behind it is Kafka, or
 * the topology itself in a test kit. Start reading there.
 *
 * <p>The only package of the worker that knows Kafka. Must not depend on executions or on the public API.
 */
@NullMarked
package io.millrace.worker.internal.transport;

import org.jspecify.annotations.NullMarked;
