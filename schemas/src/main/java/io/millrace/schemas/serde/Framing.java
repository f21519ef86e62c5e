package io.millrace.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes in front of a record that name the schema it was written with. */
final class Framing {
    /** The first two bytes of Avro's single-object encoding, version 1. */
    static final byte SINGLE_OBJECT_MARKER = (byte) 0xC3;

    static final byte SINGLE_OBJECT_VERSION = 0x01;

    /** Marker, version, and the CRC-64-AVRO fingerprint of the schema in little-endian order. */
    static final int SINGLE_OBJECT_HEADER_BYTES = 2 + Long.BYTES;

    /** The first byte of the Confluent wire format. */
    static final byte REGISTRY_MARKER = 0x00;

    /** Marker, and the schema's id in big-endian order. */
    static final int REGISTRY_HEADER_BYTES = 1 + Integer.BYTES;

    private Framing() {}

    static byte[] singleObjectHeader(long fingerprint) {
        return ByteBuffer.allocate(SINGLE_OBJECT_HEADER_BYTES)
                .put(SINGLE_OBJECT_MARKER)
                .put(SINGLE_OBJECT_VERSION)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(fingerprint)
                .array();
    }

    static byte[] registryHeader(int schemaId) {
        return ByteBuffer.allocate(REGISTRY_HEADER_BYTES)
                .put(REGISTRY_MARKER)
                .putInt(schemaId)
                .array();
    }

    /** The fingerprint in a whole single-object header. */
    static long fingerprint(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    /** The schema id in a whole registry header. */
    static int schemaId(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }
}
