/**
 * How users' values become payloads: {@link io.millrace.payload.PayloadCodec}, JSON unless another codec is given.
 *
 * <p>Must not depend on the client, the worker or Kafka.
 */
@NullMarked
package io.millrace.payload;

import org.jspecify.annotations.NullMarked;
