package io.millrace.api.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A bucket of permits for each who asks; it fills steadily up to two seconds' worth. Thread-safe, and bounded in memory. */
final class RequestRate {
    /** Pages load many things at once, and programs do in bursts what they do on average more slowly. */
    private static final int BURST_SECONDS = 2;

    /**
     * How many are remembered, about a megabyte. Whoever has not asked for the longest time is forgotten first; with so many others since,
     * their bucket is all but certain to be full again.
     */
    private static final int MAX_BUCKETS = 10_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_BUCKETS;
        }
    };

    private static final class Bucket {
        private double permits;
        private long filledAtNanos;
    }

    /**
     * Buckets that fill at this rate.
     *
     * @param perSecond 0 for no limit
     * @param nanos the time, as {@link System#nanoTime}
     */
    RequestRate(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /**
     * Takes a permit.
     *
     * @throws AccessRefusedException 429 if there is none
     */
    void take(String who) {
        if (perSecond > 0 && !tryTake(who)) {
            // A whole second brings the bucket a whole second's worth, whatever the rate is.
            throw AccessRefusedException.tooOften(
                    "more than " + perSecond + " requests a second came from " + who
                            + ": send fewer, or ask who runs this server for a higher --rate-limit",
                    1);
        }
    }

    int remembered() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private boolean tryTake(String who) {
        synchronized (buckets) {
            long now = nanos.getAsLong();
            Bucket bucket = buckets.computeIfAbsent(who, newcomer -> full(now));
            double fresh = (now - bucket.filledAtNanos) / NANOS_PER_SECOND * perSecond;
            bucket.permits = Math.min(capacity(), bucket.permits + fresh);
            bucket.filledAtNanos = now;
            if (bucket.permits < 1) {
                return false;
            }
            bucket.permits--;
            return true;
        }
    }

    private Bucket full(long now) {
        Bucket bucket = new Bucket();
        bucket.permits = capacity();
        bucket.filledAtNanos = now;
        return bucket;
    }

    private double capacity() {
        return (double) BURST_SECONDS * perSecond;
    }
}
