package io.millrace.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** What a schema registry was asked for could not be had. */
public final class SchemaRegistryException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Kind {
        /** No registry could be reached, or none was able to answer, however often it was tried. Another time it may be. */
        UNAVAILABLE,
        /** The registry does not know the schema or the subject. */
        NOT_FOUND,
        /** The registry refuses, for example an incompatible schema or wrong credentials. Trying again does not help. */
        REFUSED,
        /** The registry has a schema under that id that is not Avro. */
        NOT_AVRO
    }

    private final Kind kind;

    SchemaRegistryException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why not. */
    public Kind kind() {
        return kind;
    }
}
