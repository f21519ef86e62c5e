package io.millrace.schemas;

import java.time.Duration;

/** How leases of workers are counted: see docs/adr/0003-leases.md. Engine and clients must agree on it. */
public final class Leases {
    /** How far apart the pulses of an engine instance are, in milliseconds. */
    public static final long PULSE_MS = 500;

    /** The shortest lease that a worker can have, in milliseconds. */
    public static final long MIN_MS = 1_000;

    /** The longest lease that a worker can have, in milliseconds. */
    public static final long MAX_MS = 300_000;

    /** How long a worker that is gone is remembered. */
    public static final Duration REMEMBERED = Duration.ofHours(1);

    /** Before the id of an engine instance in the key of its pulses. */
    public static final String ENGINE_KEY_PREFIX = "engine/";

    private Leases() {}

    /** The lease that holds for a worker which asks for this one, in milliseconds. */
    public static long within(long leaseMs) {
        return Math.min(MAX_MS, Math.max(MIN_MS, leaseMs));
    }
}
