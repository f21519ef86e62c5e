/**
 * How records become bytes: Avro single-object encoding, or the Confluent wire format where a schema registry is configured.
 * Start reading at {@link io.millrace.schemas.serde.RecordSerdes}.
 */
@NullMarked
package io.millrace.schemas.serde;

import org.jspecify.annotations.NullMarked;
