package io.millrace.schemas.serde;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Encoders to use again. A thread mostly finds the one it used last; when another thread has it, it gets a new one. (Not a
 * {@code ThreadLocal}: virtual threads come by the hundred thousand, and each would keep an array for itself.)
 */
final class EncoderPool {
    /** A power of two: at most this many encoders are kept. */
    private static final int SLOTS = 64;

    private final AtomicReferenceArray<ByteArrayEncoder> slots = new AtomicReferenceArray<>(SLOTS);

    ByteArrayEncoder take() {
        ByteArrayEncoder encoder = slots.getAndSet(slot(), null);
        return encoder == null ? new ByteArrayEncoder() : encoder;
    }

    /** Gives one back, whatever was written to it. */
    void give(ByteArrayEncoder encoder) {
        encoder.reset();
        slots.set(slot(), encoder);
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & (SLOTS - 1);
    }
}
