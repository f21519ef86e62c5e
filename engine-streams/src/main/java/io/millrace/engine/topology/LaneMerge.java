package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Backlog;
import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What waits in several lanes, in one order. */
final class LaneMerge {
    /** How many of a lane are read at once. */
    private static final int CHUNK = 32;

    private final Backlog backlog;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::first));

    private record Head(Lane lane, ArrayDeque<Waiting> read) {
        Waiting first() {
            return read.getFirst();
        }
    }

    LaneMerge(Backlog backlog, List<Lane> lanes, @Nullable Waiting after) {
        this.backlog = backlog;
        for (Lane lane : lanes) {
            Head head = new Head(lane, new ArrayDeque<>());
            Waiting first = backlog.peek(lane);
            if (first != null && (after == null || first.compareTo(after) > 0)) {
                head.read.add(first);
                heads.add(head);
            } else if (first != null) {
                readOn(head, Objects.requireNonNull(after));
            }
        }
    }

    private void readOn(Head head, Waiting after) {
        head.read.addAll(backlog.next(head.lane, after, CHUNK));
        if (!head.read.isEmpty()) {
            heads.add(head);
        }
    }

    @Nullable
    Waiting next() {
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        Waiting next = head.read.removeFirst();
        if (head.read.isEmpty()) {
            readOn(head, next);
        } else {
            heads.add(head);
        }
        return next;
    }
}
