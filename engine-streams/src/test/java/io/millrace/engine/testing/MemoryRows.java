package io.millrace.engine.testing;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.dispatch.WaitingRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Waiting rows in memory, and how often they were read. */
public final class MemoryRows implements WaitingRows {
    private final Map<Lane, TreeSet<Waiting>> lanes = new HashMap<>();
    private int reads;

    /** Adds a row. */
    public void add(Lane lane, Waiting waiting) {
        lanes.computeIfAbsent(lane, unused -> new TreeSet<>()).add(waiting);
    }

    /** Removes a row, if it is there. */
    public void remove(Lane lane, Waiting waiting) {
        TreeSet<Waiting> rows = lanes.get(lane);
        if (rows != null && rows.remove(waiting) && rows.isEmpty()) {
            lanes.remove(lane);
        }
    }

    /** How often a part of a lane was read. */
    public int reads() {
        return reads;
    }

    /** The rows of a lane, in order. */
    public TreeSet<Waiting> of(Lane lane) {
        return lanes.getOrDefault(lane, new TreeSet<>());
    }

    @Override
    public void forEach(BiConsumer<Lane, Waiting> row) {
        lanes.forEach((lane, rows) -> rows.forEach(waiting -> row.accept(lane, waiting)));
    }

    @Override
    public List<Waiting> next(Lane lane, @Nullable Waiting after, int limit) {
        reads++;
        TreeSet<Waiting> rows = of(lane);
        return (after == null ? rows : rows.tailSet(after, false))
                .stream().limit(limit).toList();
    }
}
