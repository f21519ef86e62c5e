/**
 * What the topology needs around it: topics with the right settings ({@link io.millrace.engine.runtime.TopicProvisioner}), the workers'
 * heartbeats ({@link io.millrace.engine.runtime.WorkerWatch}) and the Kafka settings ({@link io.millrace.engine.runtime.StreamsSettings}).
 */
@NullMarked
package io.millrace.engine.runtime;

import org.jspecify.annotations.NullMarked;
