/**
 * A real Kafka broker inside this JVM, for development and for tests. Start reading at
 * {@link io.millrace.standalone.broker.EmbeddedBroker}; what Kafka is told, and why, is in {@code BrokerSettings}.
 *
 * <p>Must not depend on anything else of Millrace, so that the integration tests of every module can use it. It is the only
 * place that touches Kafka's server classes, which are not a public API of Kafka.
 */
@NullMarked
package io.millrace.standalone.broker;

import org.jspecify.annotations.NullMarked;
