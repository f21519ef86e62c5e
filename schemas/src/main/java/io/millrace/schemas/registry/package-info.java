/**
 * A small client of the Confluent schema registry's REST API, which Confluent, Apicurio, Karapace and Redpanda serve, for those
 * who do not have Confluent's own client (it is not on Maven Central). Settings have the names that they have there.
 *
 * <p>Credentials are neither logged nor part of any exception's message. Must not depend on the serdes. Start reading at
 * {@link io.millrace.schemas.registry.SchemaRegistryClient}.
 */
@NullMarked
package io.millrace.schemas.registry;

import org.jspecify.annotations.NullMarked;
