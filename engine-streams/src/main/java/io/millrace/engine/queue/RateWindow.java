package io.millrace.engine.queue;

import io.millrace.schemas.RateLimit;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A rate limit that no window of its period exceeds, wherever the window begins. Each permit is taken when a workflow is matched, and is free
 * again one period after its beginning was <em>heard of</em>, which is later than the beginning itself: so two beginnings by the same permit are
 * always more than a period apart, by whatever clock they are measured.
 */
final class RateWindow {
    private @Nullable RateLimit limit;

    /** Matched, and not heard of since. */
    private int beginning;

    /** When beginnings were heard of, the oldest first, as far as they count. */
    private final Deque<Long> begun = new ArrayDeque<>();

    void setLimit(@Nullable RateLimit newLimit) {
        limit = newLimit;
        if (newLimit == null) {
            begun.clear();
        }
    }

    boolean hasLimit() {
        return limit != null;
    }

    /** How many may begin now. */
    int permits(long nowMs) {
        RateLimit now = limit;
        if (now == null) {
            return Integer.MAX_VALUE;
        }
        while (!begun.isEmpty() && begun.peekFirst() <= nowMs - now.getPeriodMs()) {
            begun.pollFirst();
        }
        return Math.max(0, now.getPermits() - beginning - begun.size());
    }

    /** When a permit is free next, where there is none now; never is {@link Long#MAX_VALUE}: then first something must be heard. */
    long nextPermitAtMs() {
        return limit == null || begun.isEmpty() ? Long.MAX_VALUE : begun.peekFirst() + limit.getPeriodMs();
    }

    void take() {
        beginning++;
    }

    /** It was matched, and did not begin. */
    void giveBack() {
        beginning--;
    }

    /** One that was matched was heard to have begun; what it took as a match is {@linkplain #giveBack given back} apart from this. */
    void heardOf(long atMs) {
        if (limit != null) {
            begun.addLast(atMs);
        }
    }

    boolean isUnused() {
        return beginning == 0 && begun.isEmpty();
    }
}
