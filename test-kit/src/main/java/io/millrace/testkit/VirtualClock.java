package io.millrace.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The one time of engine, worker and client. It stands until it is set. */
final class VirtualClock extends Clock {
    private volatile long nowMs;

    VirtualClock(Instant beginning) {
        this.nowMs = beginning.toEpochMilli();
    }

    void set(long toMs) {
        nowMs = toMs;
    }

    @Override
    public long millis() {
        return nowMs;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMs);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : new InZone(this, zone);
    }

    @Override
    public String toString() {
        return "virtual clock at " + instant();
    }

    /** The same time, for calendars of another zone. */
    private static final class InZone extends Clock {
        private final VirtualClock time;
        private final ZoneId zone;

        private InZone(VirtualClock time, ZoneId zone) {
            this.time = time;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return time.withZone(other).equals(time) ? time : new InZone(time, other);
        }
    }
}
