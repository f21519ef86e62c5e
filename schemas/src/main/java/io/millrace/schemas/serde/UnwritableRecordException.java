package io.millrace.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** A value that cannot be written: it is no Avro record, or a field that must be set is {@code null}. Nothing was sent. */
public final class UnwritableRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    UnwritableRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
