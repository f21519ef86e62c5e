package io.millrace.client;

import io.millrace.payload.JsonPayloadCodec;
import io.millrace.schemas.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value as the bytes that are stored, for programs that pass values on without knowing their types. Given as an input it
 * is sent as it is; named as a result type ({@code EncodedPayload.class}) the output is returned as it is.
 */
public final class EncodedPayload {
    private final String codec;
    private final byte[] bytes;

    private EncodedPayload(String codec, byte[] bytes) {
        this.codec = codec;
        this.bytes = bytes;
    }

    /** Bytes that the named codec wrote. */
    public static EncodedPayload of(String codec, byte[] bytes) {
        return new EncodedPayload(codec, bytes.clone());
    }

    /** JSON text, which is not checked. */
    public static EncodedPayload json(String json) {
        return new EncodedPayload(JsonPayloadCodec.NAME, json.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable EncodedPayload of(@Nullable Payload payload) {
        if (payload == null) {
            return null;
        }
        ByteBuffer data = payload.getData().duplicate();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return new EncodedPayload(payload.getCodec(), bytes);
    }

    Payload toPayload() {
        return new Payload(codec, ByteBuffer.wrap(bytes));
    }

    /** The name of the codec that wrote the bytes; {@code json} unless another one was configured. */
    public String codec() {
        return codec;
    }

    /** Whether the bytes are UTF-8 JSON, by the name of their codec. */
    public boolean isJson() {
        return codec.equals(JsonPayloadCodec.NAME);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return codec + " payload of " + bytes.length + " bytes";
    }
}
