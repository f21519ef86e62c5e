package io.millrace.worker.internal.execution;

import io.millrace.payload.PayloadCodec;
import io.millrace.payload.PayloadException;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Users' values as payloads, within the limit. */
record Payloads(PayloadCodec codec) {
    /**
     * The payload of a value; none for null.
     *
     * @param what what it is, for the error
     * @throws PayloadException if it cannot be written or is too large
     */
    @Nullable
    Payload encode(@Nullable Object value, String what) {
        if (value == null) {
            return null;
        }
        byte[] bytes = codec.encode(value);
        if (bytes.length > Limits.MAX_PAYLOAD_BYTES) {
            throw new PayloadException(what + " has " + bytes.length + " bytes, and the limit is "
                    + Limits.MAX_PAYLOAD_BYTES + " bytes; keep large data elsewhere and return where it is");
        }
        return new Payload(codec.name(), ByteBuffer.wrap(bytes));
    }

    /**
     * The payload of a heartbeat's details, whose limit is lower: many of them stay in the history.
     *
     * @throws IllegalArgumentException if it is too large
     */
    @Nullable
    Payload encodeHeartbeat(@Nullable Object details, String what) {
        if (details == null) {
            return null;
        }
        byte[] bytes = codec.encode(details);
        if (bytes.length > Limits.MAX_HEARTBEAT_BYTES) {
            throw new IllegalArgumentException(what + " has details of " + bytes.length + " bytes, and the limit is "
                    + Limits.MAX_HEARTBEAT_BYTES + " bytes");
        }
        return new Payload(codec.name(), ByteBuffer.wrap(bytes));
    }

    /**
     * The value of a payload; null for none.
     *
     * @throws PayloadException if it cannot be read as that
     */
    @Nullable
    Object decode(@Nullable Payload payload, Type type) {
        if (payload == null) {
            return null;
        }
        if (!payload.getCodec().equals(codec.name())) {
            throw new PayloadException("the payload was written by codec \"" + payload.getCodec()
                    + "\", and this worker has codec \"" + codec.name() + "\"");
        }
        return codec.decode(bytes(payload.getData()), type);
    }

    private static byte[] bytes(ByteBuffer data) {
        boolean exact = data.hasArray()
                && data.arrayOffset() == 0
                && data.position() == 0
                && data.remaining() == data.array().length;
        if (exact) {
            return data.array();
        }
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return copy;
    }
}
