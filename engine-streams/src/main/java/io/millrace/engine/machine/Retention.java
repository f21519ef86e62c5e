package io.millrace.engine.machine;

import io.millrace.schemas.Limits;
import io.millrace.schemas.Purged;
import io.millrace.schemas.store.StoredWorkflow;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * For how long workflows are kept after their end, in milliseconds: of the engine, for those whose start does not say. It counts anew when a
 * workflow that was reopened ends again.
 */
public record Retention(long ms) {
    /** Nothing is purged unless its start says so. */
    public static final Retention FOREVER = new Retention(Long.MAX_VALUE);

    /** A month: as long as the history topic keeps facts. */
    public static final Retention DEFAULT = of(Duration.ofDays(30));

    private static final String NONE = "none";

    /**
     * A retention of a length.
     *
     * @throws IllegalArgumentException if it is shorter or longer than {@link Limits} allow
     */
    public static Retention of(Duration duration) {
        Duration least = Duration.ofMillis(Limits.MIN_RETENTION_MS);
        Duration most = Duration.ofMillis(Limits.MAX_RETENTION_MS);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException("the retention must be from " + least + " to " + most.toDays()
                    + " days, not " + duration + "; \"" + NONE + "\" keeps everything");
        }
        return new Retention(duration.toMillis());
    }

    /**
     * Reads a retention as people write it.
     *
     * @param text an ISO 8601 duration, or {@code none} for {@link #FOREVER}
     * @throws IllegalArgumentException if it is neither, or out of bounds
     */
    public static Retention parse(String text) {
        if (text.equals(NONE)) {
            return FOREVER;
        }
        try {
            return of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "the retention must be an ISO 8601 duration such as P30D or PT12H, or \"" + NONE + "\", not \""
                            + text + "\"",
                    e);
        }
    }

    /** Why a workflow cannot be kept for so long, or null. Absent, it is no objection. */
    static @Nullable String objectionTo(@Nullable Long retentionMs) {
        boolean fits = retentionMs == null
                || (retentionMs >= Limits.MIN_RETENTION_MS && retentionMs <= Limits.MAX_RETENTION_MS);
        return fits
                ? null
                : "the retention is " + retentionMs + " ms; it must be from " + Limits.MIN_RETENTION_MS + " to "
                        + Limits.MAX_RETENTION_MS;
    }

    Decision onOver(@Nullable StoredWorkflow workflow, Input.RetentionOver over) {
        Long closedAtMs = workflow == null ? null : Statuses.keptSinceMs(workflow);
        if (workflow == null || closedAtMs == null) {
            return Decision.NOTHING;
        }
        long keptMs = workflow.getRetentionMs() == null ? ms : workflow.getRetentionMs();
        return over.atMs() - closedAtMs < keptMs ? Decision.NOTHING : Decision.of(Facts.of(new Purged(keptMs)));
    }
}
