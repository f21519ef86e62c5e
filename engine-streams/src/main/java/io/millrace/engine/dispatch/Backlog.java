package io.millrace.engine.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one partition, by lane. The rows themselves are in a store; of each lane only the head is held in memory, so a
 * million that wait cost the memory of a few thousand.
 */
final class Backlog {
    /** How many of a lane are read from the store at once. */
    private static final int READ_AHEAD = 512;

    /** Most of a lane that are held in memory. */
    private static final int MAX_HEAD = 2 * READ_AHEAD;

    private final WaitingRows rows;
    private final Map<Lane, LaneHead> lanes = new HashMap<>();

    Backlog(WaitingRows rows) {
        this.rows = rows;
        rows.forEach((lane, waiting) -> lane(lane).size++);
    }

    /** Takes note of a row that was added. */
    void add(Lane lane, Waiting waiting) {
        LaneHead head = lane(lane);
        boolean wholeInMemory = head.size == head.first.size();
        head.size++;
        if (wholeInMemory || (!head.first.isEmpty() && waiting.compareTo(head.first.last()) < 0)) {
            head.first.add(waiting);
            if (head.first.size() > MAX_HEAD) {
                head.first.pollLast();
            }
        } else if (head.readUpTo != null && waiting.compareTo(head.readUpTo) < 0) {
            head.readUpTo = null;
        }
    }

    /** Takes note of a row that was removed. */
    void remove(Lane lane, Waiting waiting) {
        LaneHead head = lanes.get(lane);
        if (head == null) {
            return;
        }
        boolean wasInMemory = head.first.remove(waiting);
        if (head.size <= 1) {
            lanes.remove(lane);
            return;
        }
        head.size--;
        if (wasInMemory && head.first.isEmpty()) {
            // Rows up to here are gone: the next scan need not pass over their tombstones.
            head.readUpTo = waiting;
        }
    }

    /** The first of a lane, which stays where it is. */
    @Nullable
    Waiting first(Lane lane) {
        LaneHead head = lanes.get(lane);
        if (head == null) {
            return null;
        }
        if (head.first.isEmpty()) {
            List<Waiting> read = rows.next(lane, head.readUpTo, READ_AHEAD);
            head.first.addAll(read);
        }
        return head.first.isEmpty() ? null : head.first.first();
    }

    /** The lanes in which something waits. */
    Collection<Lane> lanes() {
        return lanes.keySet();
    }

    long size(Lane lane) {
        LaneHead head = lanes.get(lane);
        return head == null ? 0 : head.size;
    }

    private LaneHead lane(Lane lane) {
        return lanes.computeIfAbsent(lane, unused -> new LaneHead());
    }

    /** All rows of the lane between {@code readUpTo} and the last of {@code first} are in {@code first}; no row is before. */
    private static final class LaneHead {
        private final TreeSet<Waiting> first = new TreeSet<>();
        private long size;
        private @Nullable Waiting readUpTo;
    }
}
