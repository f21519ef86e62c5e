package io.millrace.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not a record that this reader can read, now or later. It names the topic and the reason, never what the record
 * contains.
 */
public final class MalformedRecordException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the bytes. */
    public enum Reason {
        /** There are none. (No value at all is a tombstone and read as {@code null}.) */
        EMPTY,
        /** They begin neither as single-object encoding ({@code C3 01}) nor as the Confluent wire format ({@code 00}). */
        UNKNOWN_FRAMING,
        /** They name a schema in a registry, and no {@code schema.registry.url} is configured. */
        REGISTRY_NOT_CONFIGURED,
        /** Neither this version nor the registry knows the schema that they name. */
        UNKNOWN_SCHEMA,
        /** The schema is of a type of ours, and this version cannot read what is written with it. */
        INCOMPATIBLE_SCHEMA,
        /** They end before the record does, or announce more than there is. */
        TRUNCATED,
        /** They do not follow their schema: an impossible value, or bytes left over after the record. */
        CORRUPT,
        /** They are a record of another type than is wanted here. */
        WRONG_TYPE
    }

    private final Reason reason;

    MalformedRecordException(Reason reason, String message) {
        this(reason, message, null);
    }

    MalformedRecordException(Reason reason, String message, @Nullable Throwable cause) {
        super(message + " (" + reason + ")", cause);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
