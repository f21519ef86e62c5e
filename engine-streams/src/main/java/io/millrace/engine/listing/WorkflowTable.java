package io.millrace.engine.listing;

import io.millrace.schemas.ListPosition;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All workflows of a partition, in the order of lists. Used by the partition's own thread alone.
 *
 * <p>The rows are in segments of at most {@value Segment#MOST_ROWS}, ordered among each other: the leaves of a B-tree, so to speak, whose
 * upper levels a binary search replaces. Nearly all rows are appended; one that belongs further back, because another engine's clock was ahead, or
 * because it is of the same millisecond, moves the rest of one segment.
 */
public final class WorkflowTable {
    private static final Place BEGINNING = new Place(0, 0);
    private static final Span NOTHING = new Span(BEGINNING, BEGINNING);

    private final List<Segment> segments = new ArrayList<>();
    private final Columns names = new Columns();

    /** How many rows match, by what they have; nothing has an entry of 0. */
    public record Counts(
            long total, Map<WorkflowStatus, Long> byStatus, Map<String, Long> byType, Map<String, Long> byOwner) {}

    /** Where a row is, or would be put in; behind the last row, it is in a segment that is not there. */
    private record Place(int segment, int row) {
        boolean isBefore(Place other) {
            return segment < other.segment || (segment == other.segment && row < other.row);
        }
    }

    /** Rows one behind the other, the last place not included. */
    private record Span(Place from, Place to) {
        boolean touches(int segment) {
            return from.segment <= segment && segment <= to.segment;
        }

        int firstRow(int segment) {
            return segment == from.segment ? from.row : 0;
        }

        int endRow(int segment, int size) {
            return segment == to.segment ? to.row : size;
        }
    }

    /** How many workflows there are. */
    public int size() {
        return segments.stream().mapToInt(Segment::size).sum();
    }

    /** How much room is held for ids, in bytes: what is used, and what is not any more or not yet. */
    long idBytes() {
        return segments.stream().mapToLong(Segment::idRoom).sum();
    }

    /** Takes a workflow in, or what has changed of one. */
    public void put(Row row) {
        byte[] id = bytes(row.workflowId());
        Place place = firstFrom(row.createdAtMs(), id, 0);
        if (place.segment < segments.size()
                && segments.get(place.segment).compare(place.row, row.createdAtMs(), id) == 0) {
            segments.get(place.segment).update(place.row, row, names);
        } else {
            insert(place, row);
        }
    }

    /** Takes a workflow out, if it is in; the memory that it had is given back, if not at once. */
    public void remove(Row row) {
        byte[] id = bytes(row.workflowId());
        Place place = firstFrom(row.createdAtMs(), id, 0);
        if (place.segment == segments.size()
                || segments.get(place.segment).compare(place.row, row.createdAtMs(), id) != 0) {
            return;
        }
        Segment segment = segments.get(place.segment);
        segment.remove(place.row, names);
        if (segment.size() == 0) {
            segments.remove(place.segment);
        } else if (segment.isMostlyGone()) {
            repack(place.segment);
        }
    }

    /** Puts what is left of a segment together, with what is left of the next one if both are small: else segments would only ever become more. */
    private void repack(int index) {
        Segment packed = new Segment();
        packed.take(segments.get(index), 0, segments.get(index).size());
        if (index + 1 < segments.size()
                && packed.size() + segments.get(index + 1).size() <= Segment.MOST_ROWS / 2) {
            Segment next = segments.remove(index + 1);
            packed.take(next, 0, next.size());
        }
        packed.trim();
        segments.set(index, packed);
    }

    /**
     * Visits the ids of workflows that match, until the visitor has enough. Conditions on labels (attributes, parent, source of a fork) are
     * held against hashes: the visitor must look whether such a workflow does match.
     *
     * @param after only those behind this place, or null for all
     * @param oldestFirst whether in the opposite order
     * @param visitor says whether to go on; must not change the table
     */
    public void visit(
            WorkflowConditions conditions,
            @Nullable ListPosition after,
            boolean oldestFirst,
            Predicate<String> visitor) {
        Match match = new Match(conditions, names);
        Span span = match.isVain() ? NOTHING : span(conditions, after, oldestFirst);
        int step = oldestFirst ? 1 : -1;
        int index = oldestFirst ? span.from.segment : Math.min(span.to.segment, segments.size() - 1);
        boolean more = true;
        while (more && span.touches(index) && index < segments.size()) {
            Segment segment = segments.get(index);
            int first = span.firstRow(index);
            int end = span.endRow(index, segment.size());
            more = oldestFirst
                    ? visitUp(segment, first, end, match, visitor)
                    : visitDown(segment, first, end, match, visitor);
            index += step;
        }
    }

    private static boolean visitUp(Segment segment, int first, int end, Match match, Predicate<String> visitor) {
        for (int row = first; row < end; row++) {
            if (match.matches(segment, row) && !visitor.test(segment.workflowId(row))) {
                return false;
            }
        }
        return true;
    }

    private static boolean visitDown(Segment segment, int first, int end, Match match, Predicate<String> visitor) {
        for (int row = end - 1; row >= first; row--) {
            if (match.matches(segment, row) && !visitor.test(segment.workflowId(row))) {
                return false;
            }
        }
        return true;
    }

    /** Counts the workflows that match; by conditions on labels, those whose 64-bit hashes do. */
    public Counts count(WorkflowConditions conditions) {
        Match match = new Match(conditions, names);
        Tally tally = new Tally(names);
        Span span = match.isVain() ? NOTHING : span(conditions, null, true);
        for (int index = span.from.segment; span.touches(index) && index < segments.size(); index++) {
            Segment segment = segments.get(index);
            int end = span.endRow(index, segment.size());
            for (int row = span.firstRow(index); row < end; row++) {
                if (match.matches(segment, row)) {
                    tally.add(segment, row);
                }
            }
        }
        return tally.counts();
    }

    /** Packs the rows: to be called when many came in any order, which leaves segments half full. */
    public void pack() {
        List<Segment> loose = new ArrayList<>(segments);
        segments.clear();
        Segment packed = new Segment();
        for (Segment segment : loose) {
            int taken = Math.min(segment.size(), Segment.MOST_ROWS - packed.size());
            packed.take(segment, 0, taken);
            if (packed.isFull()) {
                addPacked(packed);
                packed = new Segment();
                packed.take(segment, taken, segment.size());
            }
        }
        if (packed.size() > 0) {
            addPacked(packed);
        }
    }

    private void addPacked(Segment packed) {
        packed.trim();
        segments.add(packed);
    }

    private Span span(WorkflowConditions conditions, @Nullable ListPosition after, boolean oldestFirst) {
        Place from = begin(conditions.getCreatedAfterMs());
        Place to = end(conditions.getCreatedBeforeMs());
        if (after == null) {
            return new Span(from, to);
        }
        byte[] id = bytes(after.getWorkflowId());
        if (oldestFirst) {
            Place behind = firstFrom(after.getCreatedAtMs(), id, 1);
            return new Span(from.isBefore(behind) ? behind : from, to);
        }
        Place at = firstFrom(after.getCreatedAtMs(), id, 0);
        return new Span(from, at.isBefore(to) ? at : to);
    }

    private Place begin(@Nullable Long afterMs) {
        if (afterMs == null) {
            return BEGINNING;
        }
        return afterMs == Long.MAX_VALUE ? theEnd() : firstFrom(afterMs + 1, null, 0);
    }

    private Place end(@Nullable Long beforeMs) {
        return beforeMs == null ? theEnd() : firstFrom(beforeMs, null, 0);
    }

    private Place theEnd() {
        return new Place(segments.size(), 0);
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The first row that comes at a place in the order or behind it.
     *
     * @param least 0 for that; 1 for the first row that is behind it
     */
    private Place firstFrom(long placeMs, byte @Nullable [] placeId, int least) {
        int low = 0;
        int high = segments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Segment segment = segments.get(middle);
            if (segment.compare(segment.size() - 1, placeMs, placeId) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == segments.size() ? theEnd() : new Place(low, rowFrom(segments.get(low), placeMs, placeId, least));
    }

    private static int rowFrom(Segment segment, long placeMs, byte @Nullable [] placeId, int least) {
        int low = 0;
        int high = segment.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segment.compare(middle, placeMs, placeId) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(Place place, Row row) {
        if (place.segment == segments.size()) {
            append(row);
        } else if (segments.get(place.segment).isFull()) {
            split(place);
            put(row);
        } else {
            segments.get(place.segment).insert(place.row, row, names);
        }
    }

    private void append(Row row) {
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last == null || last.isFull()) {
            if (last != null) {
                last.trim();
            }
            last = new Segment();
            segments.add(last);
        }
        last.insert(last.size(), row, names);
    }

    /** In the middle; near the end of all rows, where one of the same millisecond came in between, so that the first half stays nearly full. */
    private void split(Place place) {
        Segment full = segments.get(place.segment);
        boolean amongTheNewest = place.segment == segments.size() - 1 && place.row > Segment.MOST_ROWS / 2;
        int end = amongTheNewest ? place.row : Segment.MOST_ROWS / 2;
        Segment first = new Segment();
        first.take(full, 0, end);
        first.trim();
        Segment second = new Segment();
        second.take(full, end, full.size());
        segments.set(place.segment, first);
        segments.add(place.segment + 1, second);
    }
}
