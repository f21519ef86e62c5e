package io.millrace.standalone.trace;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;

/** One record as it is shown. */
record TraceLine(long timestampMs, String topic, int partition, long offset, String key, String value) {
    /** By time, and as written where the times are equal. */
    static final Comparator<TraceLine> IN_ORDER = Comparator.comparingLong(TraceLine::timestampMs)
            .thenComparing(TraceLine::topic)
            .thenComparingInt(TraceLine::partition)
            .thenComparingLong(TraceLine::offset);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Override
    public String toString() {
        String place = topic + "-" + partition + "@" + offset;
        return String.format(
                Locale.ROOT, "%s %-18s %s %s", TIME.format(Instant.ofEpochMilli(timestampMs)), place, key, value);
    }
}
