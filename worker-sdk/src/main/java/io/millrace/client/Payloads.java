package io.millrace.client;

import io.millrace.payload.PayloadCodec;
import io.millrace.payload.PayloadException;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users' values as they are sent and read, by one codec and within the limit. Thread-safe. */
final class Payloads {
    private final PayloadCodec codec;

    Payloads(PayloadCodec codec) {
        this.codec = codec;
    }

    /**
     * The payload of a value; none of null.
     *
     * @param what names the value for whoever gave too large a one
     */
    @Nullable
    Payload encode(String what, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Payload payload = value instanceof EncodedPayload encoded
                ? encoded.toPayload()
                : new Payload(codec.name(), ByteBuffer.wrap(codec.encode(value)));
        LimitExceededException.check(what, payload.getData().remaining(), Limits.MAX_PAYLOAD_BYTES, "bytes");
        return payload;
    }

    /**
     * The value of a payload; null of none.
     *
     * @param what names the payload for whoever cannot read it
     */
    @SuppressWarnings("unchecked") // The codec returns what the type says, and R is that type.
    <R> @Nullable R decode(String what, Optional<EncodedPayload> payload, Type type) {
        if (payload.isEmpty() || type == EncodedPayload.class) {
            return (R) payload.orElse(null);
        }
        EncodedPayload present = payload.get();
        if (!present.codec().equals(codec.name())) {
            throw new PayloadException("the " + what + " was written by the codec \"" + present.codec()
                    + "\", and this client reads \"" + codec.name() + "\"");
        }
        return type == Void.class ? null : (R) codec.decode(present.bytes(), type);
    }
}
