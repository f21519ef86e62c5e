package io.millrace.standalone.fuzz;

import io.millrace.schemas.Topic;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One record that nobody should have written.
 *
 * @param number which one of its seed
 * @param kind what is wrong with it, in a word
 * @param partition where it goes; null for where its key leads
 * @param timestamp null for now
 * @param headers whether it has headers that nobody knows
 */
record HostileRecord(
        long number,
        Topic topic,
        String kind,
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable Integer partition,
        @Nullable Long timestamp,
        boolean headers) {
    private static final int BYTES_SHOWN = 4_000;

    @Override
    public String toString() {
        return "input " + number + " (" + kind + ") on " + topic + ", partition " + partition + ", time " + timestamp
                + ", headers " + headers + ", key " + hex(key) + ", value " + hex(value);
    }

    private static String hex(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "none";
        }
        String shown = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, BYTES_SHOWN));
        return bytes.length > BYTES_SHOWN ? shown + "... (" + bytes.length + " bytes)" : "0x" + shown;
    }
}
