package io.millrace.client;

import io.millrace.schemas.Limits;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a queue lets its workflows run. What is not set does not limit. Immutable: each method with arguments returns a changed copy, and so do
 * {@link #priorities()} and {@link #partitioned()}.
 *
 * <p>Limits hold for the whole cluster, however many workers and engine instances there are.
 *
 * <pre>{@code
 * // Ten at once, and of these no more than 100 begin in a minute; one tenant has two of the ten places at most.
 * QueueOptions.unlimited()
 *         .concurrency(10)
 *         .rateLimit(100, Duration.ofMinutes(1))
 *         .partitionConcurrency(2)
 * }</pre>
 */
public final class QueueOptions {
    private static final Duration LONGEST_PERIOD = Duration.ofMillis(Limits.MAX_RATE_PERIOD_MS);

    /** The limits alone, without a name and without what the engine adds; never changed after construction. */
    private final QueueSettings settings;

    /**
     * So many starts in any window of that length, wherever it begins.
     *
     * @param permits at least 1
     * @param period in whole milliseconds
     */
    public record Rate(int permits, Duration period) {
        private static @Nullable Rate of(@Nullable RateLimit limit) {
            return limit == null ? null : new Rate(limit.getPermits(), Duration.ofMillis(limit.getPeriodMs()));
        }
    }

    private QueueOptions(QueueSettings settings) {
        this.settings = settings;
    }

    /** A queue without limits, priorities and partition keys. */
    public static QueueOptions unlimited() {
        return new QueueOptions(QueueSettings.newBuilder().setQueue("").build());
    }

    /** The options among a queue's settings. */
    public static QueueOptions of(QueueSettings settings) {
        return new QueueOptions(optionsOf(settings));
    }

    /**
     * How many of its workflows run at once: from when a worker first has one until it ends, sleeps, waits and pauses included. A workflow that
     * waits for a child on the same queue holds its place meanwhile.
     *
     * @param workflows 0 (none begins) to {@link Limits#MAX_QUEUE_LIMIT}
     */
    public QueueOptions concurrency(int workflows) {
        requireWithin("concurrency", workflows, 0);
        return with(changed -> changed.setConcurrency(workflows));
    }

    /**
     * How many of its workflows run at once in one worker process.
     *
     * @param workflows 1 to {@link Limits#MAX_QUEUE_LIMIT}
     */
    public QueueOptions workerConcurrency(int workflows) {
        requireWithin("workerConcurrency", workflows, 1);
        return with(changed -> changed.setWorkerConcurrency(workflows));
    }

    /**
     * How many of its workflows begin within a period.
     *
     * @param permits 1 to {@link Limits#MAX_QUEUE_LIMIT}
     * @param period 1 ms to 31 days, in whole milliseconds
     */
    public QueueOptions rateLimit(int permits, Duration period) {
        RateLimit limit = rate("rateLimit", permits, period);
        return with(changed -> changed.setRateLimit(limit));
    }

    /** Its workflows may have priorities; on other queues a start with one is refused. */
    public QueueOptions priorities() {
        return with(changed -> changed.setPriorityEnabled(true));
    }

    /** Its workflows may have partition keys, and the keys take turns; on other queues a start with one is refused. */
    public QueueOptions partitioned() {
        return with(changed -> changed.setPartitioned(true));
    }

    /**
     * How many of its workflows with the same partition key run at once; those without one count as one key. The queue is then
     * {@linkplain #partitioned() partitioned}.
     *
     * @param workflows 1 to {@link Limits#MAX_QUEUE_LIMIT}
     */
    public QueueOptions partitionConcurrency(int workflows) {
        requireWithin("partitionConcurrency", workflows, 1);
        return partitioned().with(changed -> changed.setPartitionConcurrency(workflows));
    }

    /**
     * How many of its workflows with the same partition key begin within a period; those without one count as one key. The queue is then
     * {@linkplain #partitioned() partitioned}.
     *
     * @param permits 1 to {@link Limits#MAX_QUEUE_LIMIT}
     * @param period 1 ms to 31 days, in whole milliseconds
     */
    public QueueOptions partitionRateLimit(int permits, Duration period) {
        RateLimit limit = rate("partitionRateLimit", permits, period);
        return partitioned().with(changed -> changed.setPartitionRateLimit(limit));
    }

    /** See {@link #concurrency(int)}. */
    public OptionalInt concurrency() {
        return optional(settings.getConcurrency());
    }

    /** See {@link #workerConcurrency(int)}. */
    public OptionalInt workerConcurrency() {
        return optional(settings.getWorkerConcurrency());
    }

    /** See {@link #rateLimit(int, Duration)}. */
    public Optional<Rate> rateLimit() {
        return Optional.ofNullable(Rate.of(settings.getRateLimit()));
    }

    /** See {@link #priorities()}. */
    public boolean hasPriorities() {
        return settings.getPriorityEnabled();
    }

    /** See {@link #partitioned()}. */
    public boolean isPartitioned() {
        return settings.getPartitioned();
    }

    /** See {@link #partitionConcurrency(int)}. */
    public OptionalInt partitionConcurrency() {
        return optional(settings.getPartitionConcurrency());
    }

    /** See {@link #partitionRateLimit(int, Duration)}. */
    public Optional<Rate> partitionRateLimit() {
        return Optional.ofNullable(Rate.of(settings.getPartitionRateLimit()));
    }

    /** Whether anything keeps one of its workflows from running while a worker is free for it. */
    public boolean hasLimits() {
        return settings.getConcurrency() != null
                || settings.getWorkerConcurrency() != null
                || settings.getRateLimit() != null
                || settings.getPartitionConcurrency() != null
                || settings.getPartitionRateLimit() != null;
    }

    /** What is sent to set the queue of this name to these options. Each call returns a record of its own. */
    public QueueSettings toSettings(String queue) {
        QueueSettings copy = optionsOf(settings);
        copy.setQueue(queue);
        return copy;
    }

    /** All that is set, in an order of its own: equal options have the same text, in every version of this library. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        concurrency().ifPresent(number -> words.add("concurrency=" + number));
        workerConcurrency().ifPresent(number -> words.add("workerConcurrency=" + number));
        rateLimit().ifPresent(rate -> words.add("rate=" + rate.permits() + "/" + rate.period()));
        if (hasPriorities()) {
            words.add("priorities");
        }
        if (isPartitioned()) {
            words.add("partitioned");
        }
        partitionConcurrency().ifPresent(number -> words.add("partitionConcurrency=" + number));
        partitionRateLimit().ifPresent(rate -> words.add("partitionRate=" + rate.permits() + "/" + rate.period()));
        return words.isEmpty() ? "unlimited" : String.join(",", words);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QueueOptions options && settings.equals(options.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    private QueueOptions with(Consumer<QueueSettings> change) {
        QueueSettings changed = optionsOf(settings);
        change.accept(changed);
        return new QueueOptions(changed);
    }

    private static QueueSettings optionsOf(QueueSettings settings) {
        return QueueSettings.newBuilder()
                .setQueue("")
                .setConcurrency(settings.getConcurrency())
                .setWorkerConcurrency(settings.getWorkerConcurrency())
                .setRateLimit(copy(settings.getRateLimit()))
                .setPriorityEnabled(settings.getPriorityEnabled())
                .setPartitioned(settings.getPartitioned())
                .setPartitionConcurrency(settings.getPartitionConcurrency())
                .setPartitionRateLimit(copy(settings.getPartitionRateLimit()))
                .build();
    }

    private static @Nullable RateLimit copy(@Nullable RateLimit limit) {
        return limit == null ? null : new RateLimit(limit.getPermits(), limit.getPeriodMs());
    }

    private static RateLimit rate(String what, int permits, Duration period) {
        requireWithin(what + " permits", permits, 1);
        if (period.compareTo(Duration.ofMillis(1)) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException(
                    what + " period must be one millisecond to " + LONGEST_PERIOD.toDays() + " days, not " + period);
        }
        return new RateLimit(permits, period.toMillis());
    }

    private static void requireWithin(String what, int number, int least) {
        if (number < least || number > Limits.MAX_QUEUE_LIMIT) {
            throw new IllegalArgumentException(
                    what + " must be " + least + " to " + Limits.MAX_QUEUE_LIMIT + ", not " + number);
        }
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
