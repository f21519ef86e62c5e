package io.millrace.engine.queue;

import io.millrace.engine.dispatch.Backlog;
import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How much of each lane is offered to the home of its queue: its first few hundred. A home needs no more to know who is next, and a million
 * offers would be a million records and rows.
 */
final class OfferWindows {
    /** How many of a lane are offered when it is filled up, and at how few it is. */
    private static final int WINDOW = 512;

    /** The same for the lanes of partition keys, all of them together, as long as that leaves a few for each. */
    private static final int KEYS_WINDOW = 8_192;

    /** The least and the most of the lane of one partition key. */
    private static final int MIN_KEY_WINDOW = 4;

    private static final int MAX_KEY_WINDOW = 64;

    private final Backlog backlog;
    private final Map<Lane, Window> windows = new HashMap<>();

    /** Lanes that may have to be filled up. */
    private final Set<Lane> low = new LinkedHashSet<>();

    /** All that waits in the lane up to {@code upTo} is offered, and nothing behind it. */
    private static final class Window {
        private int offered;
        private @Nullable Waiting upTo;
    }

    OfferWindows(Backlog backlog) {
        this.backlog = backlog;
    }

    /** Whether one that has been added to the backlog is among the first: then it is to be offered now. */
    boolean isAmongFirst(Lane lane, Waiting waiting) {
        Window window = windows.get(lane);
        int offered = window == null ? 0 : window.offered;
        boolean allOthersOffered = offered == backlog.size(lane) - 1;
        boolean among = (allOthersOffered && offered < windowOf(lane))
                || (window != null && window.upTo != null && waiting.compareTo(window.upTo) <= 0);
        if (!among) {
            low.add(lane);
        }
        return among;
    }

    /** One is offered. */
    void onOffered(Lane lane, Waiting waiting) {
        Window window = windows.computeIfAbsent(lane, unused -> new Window());
        window.offered++;
        if (window.upTo == null || waiting.compareTo(window.upTo) > 0) {
            window.upTo = waiting;
        }
    }

    /** One is offered no longer. */
    void onNotOffered(Lane lane) {
        Window window = windows.get(lane);
        if (window == null) {
            return;
        }
        window.offered--;
        if (window.offered < windowOf(lane) / 2 && backlog.size(lane) > window.offered) {
            low.add(lane);
        }
        forgetIfEmpty(lane, window);
    }

    /** The queue has limits from now on: its lanes are to be offered. */
    void fillUp(String queue) {
        for (Lane.Rank rank : List.of(Lane.Rank.BEGUN, Lane.Rank.NEW)) {
            for (Lane lane : backlog.lanes(new Backlog.Group(queue, rank))) {
                Window window = windows.get(lane);
                if (window != null) {
                    // What came while there were no limits is not offered, wherever its place is.
                    window.upTo = null;
                }
                low.add(lane);
            }
        }
    }

    /**
     * Offers more of lanes of which few are offered.
     *
     * @param mayOffer whether a queue has limits
     * @param offer offers one, unless that was done before
     * @param budget most that are looked at: what is left over is done the next time
     */
    void fill(Predicate<String> mayOffer, BiConsumer<Lane, Waiting> offer, int budget) {
        int left = budget;
        while (!low.isEmpty() && left > 0) {
            Lane lane = low.iterator().next();
            low.remove(lane);
            left -= mayOffer.test(lane.queue()) ? fill(lane, offer, left) : 0;
        }
    }

    private int fill(Lane lane, BiConsumer<Lane, Waiting> offer, int budget) {
        Window window = windows.computeIfAbsent(lane, unused -> new Window());
        // What was offered before is among what is read then, and is not counted twice.
        int wanted = window.upTo == null ? windowOf(lane) : windowOf(lane) - window.offered;
        int missing = Math.min(budget, wanted);
        if (missing <= 0 || backlog.size(lane) <= window.offered) {
            forgetIfEmpty(lane, window);
            return 0;
        }
        List<Waiting> next = backlog.next(lane, window.upTo, missing);
        for (Waiting waiting : next) {
            window.upTo = waiting;
            offer.accept(lane, waiting);
        }
        if (next.size() == missing && window.offered < windowOf(lane)) {
            // Some were known to the queue already, or the budget was small: there may be more behind them.
            low.add(lane);
        }
        return next.size();
    }

    private void forgetIfEmpty(Lane lane, Window window) {
        if (backlog.size(lane) == 0 && window.offered == 0) {
            windows.remove(lane);
        }
    }

    boolean hasLow() {
        return !low.isEmpty();
    }

    private int windowOf(Lane lane) {
        if (lane.partitionKey() == null) {
            return WINDOW;
        }
        int share = KEYS_WINDOW / Math.max(1, windows.size());
        return Math.max(MIN_KEY_WINDOW, Math.min(MAX_KEY_WINDOW, share));
    }
}
