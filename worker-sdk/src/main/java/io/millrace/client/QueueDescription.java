package io.millrace.client;

import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.QueueStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A queue as it was when the engine was asked: what all its partitions have of it, added up. Immutable. */
public final class QueueDescription {
    private final QueueStatistics whole;
    private final Instant askedAt;

    /**
     * A queue.
     *
     * @param whole what all partitions have of it
     * @param askedAt by the client's clock
     */
    QueueDescription(QueueStatistics whole, Instant askedAt) {
        this.whole = whole;
        this.askedAt = askedAt;
    }

    /** Its name. */
    public String queue() {
        return whole.getQueue();
    }

    /** Whether anyone has declared it; one that nobody has is without limits. */
    public boolean isDeclared() {
        return whole.getSettings() != null;
    }

    /** Its limits. */
    public QueueOptions options() {
        return settings().map(QueueOptions::of).orElseGet(QueueOptions::unlimited);
    }

    /** How many workflows wait on it for a worker. */
    public long depth() {
        return whole.getDepth();
    }

    /** How many of its workflows are with a worker. */
    public long running() {
        return whole.getRunning();
    }

    /** How many hold a slot, waits and pauses included; empty where the queue has no limits. */
    public OptionalLong slotsHeld() {
        Long held = whole.getSlotsHeld();
        return held == null ? OptionalLong.empty() : OptionalLong.of(held);
    }

    /** Since when the oldest one waits. */
    public Optional<Instant> oldestEnqueuedAt() {
        return instant(whole.getOldestEnqueuedAtMs());
    }

    /** How long the oldest one has waited: from the engine's clock to this process's, and not less than nothing. */
    public Optional<Duration> oldestAge() {
        return oldestEnqueuedAt().map(since -> age(since, askedAt));
    }

    /** How many workflows began in the last minute. */
    public long begunLastMinute() {
        return whole.getBegunLastMinute();
    }

    /** How many workflows ended in the last minute. */
    public long endedLastMinute() {
        return whole.getEndedLastMinute();
    }

    /** Why nothing begins, in words, where something waits and nothing does. */
    public Optional<String> waitingFor() {
        // A queue's home knows its limits, and not whether any partition has something that waits.
        return depth() == 0 ? Optional.empty() : Optional.ofNullable(whole.getWaitingFor());
    }

    /** When its limits were last set. */
    public Optional<Instant> updatedAt() {
        return settings()
                .map(QueueSettings::getUpdatedAtMs)
                .filter(at -> at > 0)
                .map(Instant::ofEpochMilli);
    }

    /** Who set its limits last. */
    public Optional<String> updatedBy() {
        return settings().map(QueueSettings::getUpdatedBy);
    }

    /** Whether there is such a queue at all: {@code default} always is. */
    boolean isKnown() {
        return isDeclared()
                || queue().equals(Queues.DEFAULT)
                || depth() + running() + begunLastMinute() + endedLastMinute() > 0;
    }

    static Duration age(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Optional<QueueSettings> settings() {
        return Optional.ofNullable(whole.getSettings());
    }

    private static Optional<Instant> instant(@Nullable Long epochMs) {
        return Optional.ofNullable(epochMs).map(Instant::ofEpochMilli);
    }

    @Override
    public String toString() {
        return "queue " + queue() + " (" + options() + ", depth " + depth() + ")";
    }
}
