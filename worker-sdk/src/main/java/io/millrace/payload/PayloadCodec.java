package io.millrace.payload;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns users' values into bytes and back.
 *
 * <p>An implementation must be thread-safe, and {@link #decode} must understand what any earlier version of {@link #encode}
 * wrote: payloads live as long as workflows do.
 */
public interface PayloadCodec {
    /** The name that is stored beside the bytes, for example {@code json}: at most 64 characters. */
    String name();

    /**
     * The bytes of a value.
     *
     * @throws PayloadException if the value cannot be written; the message names its class
     */
    byte[] encode(Object value);

    /**
     * The value of these bytes.
     *
     * @param type what to read, generic types with their arguments (see {@link TypeRef})
     * @throws PayloadException if the bytes are no such value; the message names the type
     */
    @Nullable
    Object decode(byte[] bytes, Type type);
}
