package io.millrace.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a step may take, and whether a cancel interrupts it.
 *
 * @param timeout the longest time from the start of an attempt to its end; null for no limit
 * @param heartbeatTimeout the longest time between two heartbeats of an attempt; null for no limit
 * @param interruptOnCancel whether a cancel of the workflow interrupts the step's thread
 */
public record StepTiming(
        @Nullable Duration timeout, @Nullable Duration heartbeatTimeout, boolean interruptOnCancel) {
    /** No limit, and not interrupted. */
    public static final StepTiming DEFAULT = new StepTiming(null, null, false);

    /** Checks that durations are more than zero. */
    public StepTiming {
        requirePositive("timeout", timeout);
        requirePositive("heartbeat timeout", heartbeatTimeout);
    }

    StepTiming timeout(Duration startToClose) {
        return new StepTiming(startToClose, heartbeatTimeout, interruptOnCancel);
    }

    StepTiming heartbeatTimeout(Duration longestSilence) {
        return new StepTiming(timeout, longestSilence, interruptOnCancel);
    }

    StepTiming withInterruptOnCancel() {
        return new StepTiming(timeout, heartbeatTimeout, true);
    }

    private static void requirePositive(String what, @Nullable Duration duration) {
        if (duration != null && (duration.isNegative() || duration.isZero())) {
            throw new IllegalArgumentException("a step's " + what + " must be more than zero, and is " + duration);
        }
    }
}
