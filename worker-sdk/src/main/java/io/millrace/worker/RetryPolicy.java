package io.millrace.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a failed attempt of a step is followed by another one, and after how long a wait. Immutable.
 *
 * <pre>{@code
 * RetryPolicy.of(5).backoff(Duration.ofMillis(200), 2.0).maximumInterval(Duration.ofMinutes(1)).doNotRetry(CardDeclined.class)
 * }</pre>
 *
 * <p>Unless said otherwise: a wait of 1 s after the first attempt, twice as long after each further one, at most 30 s, spread by
 * 20 % to both sides so that what failed together is not tried again together.
 */
public final class RetryPolicy {
    /** What steps have unless they are given another one: 3 attempts. */
    public static final RetryPolicy DEFAULT = of(3);

    /** One attempt and no other. */
    public static final RetryPolicy NONE = of(1);

    /** Longest interval that can be configured. */
    public static final Duration MAX_INTERVAL = Duration.ofDays(365);

    private final int attempts;
    private final Duration initial;
    private final double factor;
    private final Duration maximum;
    private final double jitter;
    private final List<Class<? extends Throwable>> notRetried;

    private RetryPolicy(int attempts, Backoff backoff, double jitter, List<Class<? extends Throwable>> notRetried) {
        this.attempts = attempts;
        this.initial = backoff.initial();
        this.factor = backoff.factor();
        this.maximum = backoff.maximum();
        this.jitter = jitter;
        this.notRetried = notRetried;
    }

    private record Backoff(Duration initial, double factor, Duration maximum) {}

    private Backoff currentBackoff() {
        return new Backoff(initial, factor, maximum);
    }

    /**
     * At most so many attempts, the first one among them.
     *
     * @throws IllegalArgumentException if there is not even one
     */
    public static RetryPolicy of(int attempts) {
        require(attempts >= 1, "attempts must be at least 1, and are " + attempts);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30));
        return new RetryPolicy(attempts, backoff, 0.2, List.of());
    }

    /**
     * How long to wait after the first attempt, and by what to multiply that after each further one.
     *
     * @param first zero to {@link #MAX_INTERVAL}
     * @param multiplier 1 or more
     */
    public RetryPolicy backoff(Duration first, double multiplier) {
        requireInterval(first, "the first interval");
        require(
                multiplier >= 1 && Double.isFinite(multiplier),
                "the backoff factor must be 1 or more, and is " + multiplier);
        Duration longest = maximum.compareTo(first) < 0 ? first : maximum;
        return new RetryPolicy(attempts, new Backoff(first, multiplier, longest), jitter, notRetried);
    }

    /** No wait is longer than this, {@link #jitter} apart; a longer first interval is shortened to it. */
    public RetryPolicy maximumInterval(Duration longest) {
        requireInterval(longest, "the maximum interval");
        Duration first = initial.compareTo(longest) > 0 ? longest : initial;
        return new RetryPolicy(attempts, new Backoff(first, factor, longest), jitter, notRetried);
    }

    /**
     * By which part of itself a wait is shortened or lengthened at random.
     *
     * @param fraction 0 (not at all) to 1 (from nothing to twice as long)
     */
    public RetryPolicy jitter(double fraction) {
        require(fraction >= 0 && fraction <= 1, "jitter must be between 0 and 1, and is " + fraction);
        return new RetryPolicy(attempts, currentBackoff(), fraction, notRetried);
    }

    /** Errors of these classes, and of classes below them, fail the step at once. Adds to those named before. */
    @SafeVarargs
    public final RetryPolicy doNotRetry(Class<? extends Throwable>... errors) {
        List<Class<? extends Throwable>> all = new ArrayList<>(notRetried);
        for (Class<? extends Throwable> error : errors) {
            all.add(error);
        }
        return new RetryPolicy(attempts, currentBackoff(), jitter, List.copyOf(all));
    }

    /** How many attempts there are at most. */
    public int attempts() {
        return attempts;
    }

    /** Whether another attempt follows this one, which failed with this error. */
    public boolean retries(int attempt, Throwable error) {
        return attempt < attempts && notRetried.stream().noneMatch(type -> type.isInstance(error));
    }

    /**
     * How long to wait after a failed attempt.
     *
     * @param attempt from 1
     * @param random where the jitter comes from
     */
    public Duration delayAfter(int attempt, RandomGenerator random) {
        double exact = initial.toMillis() * Math.pow(factor, attempt - 1.0);
        double bounded = Math.min(exact, maximum.toMillis());
        double spread = jitter == 0 ? 0 : jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(bounded * (1 + spread)));
    }

    private static void requireInterval(Duration interval, String what) {
        require(
                !interval.isNegative() && interval.compareTo(MAX_INTERVAL) <= 0,
                what + " must be between 0 and " + MAX_INTERVAL + ", and is " + interval);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
