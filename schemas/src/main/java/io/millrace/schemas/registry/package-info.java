/**
 * A small client of the Confluent schema registry's REST API, which Confluent, Apicurio, Karapace and Redpanda serve, for those
 * who do not have Confluent's own client (it is not on Maven Central). Settings have the names that they have there:
 *
 * <ul>
 *   <li>{@code schema.registry.url}: one or more addresses, comma separated; all serve the same schemas
 *   <li>{@code basic.auth.credentials.source}: {@code USER_INFO} ({@code basic.auth.user.info} is {@code user:password}) or
 *       {@code URL} (each address carries its own; this is also what holds when nothing is set)
 *   <li>{@code bearer.auth.credentials.source} {@code STATIC_TOKEN} with {@code bearer.auth.token}
 *   <li>{@code schema.registry.ssl.*}: trust store and key store, as Kafka's own {@code ssl.*} settings
 *   <li>{@code http.connect.timeout.ms} (5,000), {@code http.read.timeout.ms} (10,000, for a whole answer)
 *   <li>{@code max.retries} (3 rounds over all addresses after the first), {@code retries.wait.ms} (200, doubled each round)
 *       and {@code retries.max.wait.ms} (5,000)
 * </ul>
 *
 * <p>The authentication settings may also be prefixed with {@code schema.registry.}. What is set and not supported is refused.
 *
 * <p>Credentials are neither logged nor part of any exception's message. Must not depend on the serdes. Start reading at
 * {@link io.millrace.schemas.registry.SchemaRegistryClient}.
 */
@NullMarked
package io.millrace.schemas.registry;

import org.jspecify.annotations.NullMarked;
