/**
 * How records become bytes: Avro single-object encoding, or the Confluent wire format where a schema registry is configured.
 *
 * <p>Two kinds of error, both of them Kafka {@code SerializationException}s, because they ask for opposite things of a consumer:
 * {@link io.millrace.schemas.serde.MalformedRecordException} says that the record is bad and will stay so (a dead letter);
 * {@link io.millrace.schemas.registry.SchemaRegistryException} says that the record may well be good but cannot be read now, and must not be
 * given up.
 *
 * <p>Must not depend on anything of Millrace outside this module. Start reading at
 * {@link io.millrace.schemas.serde.RecordSerdes}, then {@link io.millrace.schemas.serde.MillraceAvroDeserializer}.
 */
@NullMarked
package io.millrace.schemas.serde;

import org.jspecify.annotations.NullMarked;
