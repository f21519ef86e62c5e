package io.millrace.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.Backlog;
import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.testing.MemoryRows;
import io.millrace.engine.testing.Seeded;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OfferWindowsTest {
    /** The window of a lane with a partition key, which is the smaller one. */
    private static final int WINDOW = 64;

    private static final Lane LANE = new Lane("q", "demo", null, "key", Lane.Rank.NEW);

    private final MemoryRows rows = new MemoryRows();
    private final Backlog backlog = new Backlog(rows);
    private final OfferWindows windows = new OfferWindows(backlog);
    private final Set<Waiting> offered = new TreeSet<>();
    private boolean limited = true;

    @Test
    void shouldOfferAtOnceWhatIsAmongTheFirst() {
        for (int order = 0; order < WINDOW; order++) {
            add(100, order);
        }
        assertEquals(WINDOW, offered.size(), "without another look");
        add(100, 1_000);
        assertEquals(WINDOW, offered.size(), "the window is full");
        add(1, 2_000);
        assertEquals(WINDOW + 1, offered.size(), "but one that goes before others is known to the queue");
    }

    @Test
    void shouldFillUpWhenHalfOfThemAreGone() {
        for (int order = 0; order < 3 * WINDOW; order++) {
            add(100, order);
        }
        fill(1_000);
        for (int order = 0; order < WINDOW / 2; order++) {
            remove(new Waiting(100, order, "w" + order));
        }
        fill(1_000);
        assertEquals(WINDOW / 2, offered.size());
        remove(new Waiting(100, WINDOW / 2, "w" + WINDOW / 2));
        assertTrue(windows.hasLow());
        fill(10);
        assertEquals(WINDOW / 2 + 9, offered.size(), "no more than the budget");
        fill(1_000);
        assertEquals(WINDOW, offered.size());
        assertEquals(List.copyOf(rows.of(LANE)).subList(0, WINDOW), List.copyOf(offered), "the first");
    }

    @Test
    void shouldOfferWhatWaitsWhenAQueueGetsLimits() {
        limited = false;
        for (int order = 0; order < 2 * WINDOW; order++) {
            add(100, order);
        }
        fill(1_000);
        assertEquals(Set.of(), offered);
        getLimits();
        fill(1_000);
        assertEquals(List.copyOf(rows.of(LANE)).subList(0, WINDOW), List.copyOf(offered));
    }

    @Test
    void shouldOfferWhatCameBeforeTheOfferedWhileThereWereNoLimits() {
        for (int order = 0; order < 2 * WINDOW; order++) {
            add(100, order);
        }
        limited = false;
        add(1, 1);
        getLimits();
        fill(1_000);
        assertTrue(offered.contains(new Waiting(1, 1, "w1")), "though the window was full");
    }

    @Test
    void shouldNeverLeaveOneOutThatIsBeforeOthersThatAreOffered() {
        Seeded.forEach(200, chance -> new OfferWindowsTest().live(chance, false));
    }

    @Test
    void shouldAlwaysHaveOfferedEnoughWhateverBecomesOfItsLimits() {
        Seeded.forEach(200, chance -> new OfferWindowsTest().live(chance, true));
    }

    private void live(Seeded chance, boolean limitsComeAndGo) {
        for (int i = 0; i < 1_500; i++) {
            // It grows and shrinks: past the window, and back to nothing.
            int growth = i / 250 % 2 == 0 ? 75 : 25;
            if (chance.percent(growth)) {
                add(chance.percent(80) ? 100 : chance.between(1, 200), i);
            } else if (!rows.of(LANE).isEmpty()) {
                List<Waiting> all = List.copyOf(rows.of(LANE));
                remove(chance.percent(70) ? all.get(0) : chance.oneOf(all));
            }
            if (limitsComeAndGo && chance.percent(2)) {
                limited = !limited;
                if (limited) {
                    getLimits();
                }
            }
            if (chance.percent(50)) {
                fill(chance.percent(50) ? 1_000 : chance.between(1, 40));
                mustHaveOfferedEnough(limitsComeAndGo);
            }
        }
        if (!limited) {
            getLimits();
        }
        // The queue takes of those that are offered, and it must get all.
        while (!rows.of(LANE).isEmpty()) {
            mustHaveOfferedEnough(limitsComeAndGo);
            remove(chance.oneOf(List.copyOf(offered)));
        }
    }

    /**
     * What was offered before limits went and came back may be behind others that are not offered yet, and counts all the same: there is no order
     * among what waited through that.
     */
    private void mustHaveOfferedEnough(boolean limitsComeAndGo) {
        if (!limited) {
            return;
        }
        while (windows.hasLow()) {
            fill(1_000);
        }
        List<Waiting> all = List.copyOf(rows.of(LANE));
        assertTrue(offered.size() >= Math.min(all.size(), WINDOW / 2), () -> offered.size() + " of " + all.size());
        if (!limitsComeAndGo) {
            assertEquals(all.subList(0, offered.size()), List.copyOf(offered));
        }
    }

    private void getLimits() {
        limited = true;
        windows.fillUp("q");
    }

    private void add(int priority, int order) {
        Waiting waiting = new Waiting(priority, order, "w" + order);
        rows.add(LANE, waiting);
        backlog.add(LANE, waiting);
        if (limited && windows.isAmongFirst(LANE, waiting)) {
            offer(LANE, waiting);
        }
    }

    private void remove(Waiting waiting) {
        rows.remove(LANE, waiting);
        backlog.remove(LANE, waiting);
        if (offered.remove(waiting)) {
            windows.onNotOffered(LANE);
        }
    }

    private void fill(int budget) {
        windows.fill(queue -> limited, this::offer, budget);
    }

    private void offer(Lane lane, Waiting waiting) {
        if (offered.add(waiting)) {
            windows.onOffered(lane, waiting);
        }
    }
}
