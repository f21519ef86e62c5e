package io.millrace.engine.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one partition, by lane. The rows themselves are in a store; of each lane only the head is held in memory, so a
 * million that wait cost the memory of a few thousand.
 */
public final class Backlog {
    /** How many of a lane are read from the store at once. */
    private static final int READ_AHEAD = 512;

    /** Most of a lane that are held in memory. */
    private static final int MAX_HEAD = 2 * READ_AHEAD;

    private final WaitingRows rows;
    private final Map<Group, LanesOfGroup> groups = new HashMap<>();

    /** The lanes of a queue that are dispatched in the same way. */
    public record Group(String queue, Lane.Rank rank) {
        static Group of(Lane lane) {
            return new Group(lane.queue(), lane.rank());
        }
    }

    /** A backlog of the rows that wait now. */
    public Backlog(WaitingRows rows) {
        this.rows = rows;
        rows.forEach((lane, waiting) -> count(head(lane), lane, 1));
    }

    /** Takes note of a row that was added. */
    public void add(Lane lane, Waiting waiting) {
        LaneHead head = head(lane);
        boolean wholeInMemory = head.size == head.first.size();
        count(head, lane, 1);
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
    public void remove(Lane lane, Waiting waiting) {
        LaneHead head = find(lane);
        if (head == null) {
            return;
        }
        boolean wasInMemory = head.first.remove(waiting);
        count(head, lane, -1);
        if (head.size > 0 && wasInMemory && head.first.isEmpty()) {
            // Rows up to here are gone: the next scan need not pass over their tombstones.
            head.readUpTo = waiting;
        }
    }

    /** The first of a lane, which stays where it is. */
    public @Nullable Waiting first(Lane lane) {
        LaneHead head = find(lane);
        if (head == null) {
            return null;
        }
        if (head.first.isEmpty()) {
            List<Waiting> read = rows.next(lane, head.readUpTo, READ_AHEAD);
            head.first.addAll(read);
        }
        return head.first.isEmpty() ? null : head.first.first();
    }

    /** As {@link #first}, for those who only look: no more of the lane is read into memory for it. */
    public @Nullable Waiting peek(Lane lane) {
        LaneHead head = find(lane);
        if (head == null) {
            return null;
        }
        List<Waiting> read = head.first.isEmpty() ? rows.next(lane, head.readUpTo, 1) : List.of(head.first.first());
        return read.isEmpty() ? null : read.get(0);
    }

    /** The next rows of a lane behind a place in it. */
    public List<Waiting> next(Lane lane, @Nullable Waiting after, int limit) {
        return rows.next(lane, after, limit);
    }

    /** The groups in which something waits. */
    public Collection<Group> groups() {
        return groups.keySet();
    }

    /** The lanes of a group in which something waits. */
    public Collection<Lane> lanes(Group group) {
        LanesOfGroup lanes = groups.get(group);
        return lanes == null ? Set.of() : lanes.heads.keySet();
    }

    /** How many wait in a lane. */
    public long size(Lane lane) {
        LaneHead head = find(lane);
        return head == null ? 0 : head.size;
    }

    /** How many wait in all lanes of a group. */
    public long size(Group group) {
        LanesOfGroup lanes = groups.get(group);
        return lanes == null ? 0 : lanes.size;
    }

    private @Nullable LaneHead find(Lane lane) {
        LanesOfGroup lanes = groups.get(Group.of(lane));
        return lanes == null ? null : lanes.heads.get(lane);
    }

    private LaneHead head(Lane lane) {
        return groups.computeIfAbsent(Group.of(lane), unused -> new LanesOfGroup())
                .heads
                .computeIfAbsent(lane, unused -> new LaneHead());
    }

    private void count(LaneHead head, Lane lane, int change) {
        head.size += change;
        Group group = Group.of(lane);
        LanesOfGroup lanes = groups.get(group);
        lanes.size += change;
        if (head.size <= 0) {
            lanes.heads.remove(lane);
        }
        if (lanes.heads.isEmpty()) {
            groups.remove(group);
        }
    }

    private static final class LanesOfGroup {
        private final Map<Lane, LaneHead> heads = new HashMap<>();
        private long size;
    }

    /** All rows of the lane between {@code readUpTo} and the last of {@code first} are in {@code first}; no row is before. */
    private static final class LaneHead {
        private final TreeSet<Waiting> first = new TreeSet<>();
        private long size;
        private @Nullable Waiting readUpTo;
    }
}
