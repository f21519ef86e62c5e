package io.millrace.engine.listing;

import io.millrace.schemas.WorkflowStatus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts rows by what they have. */
final class Tally {
    private static final WorkflowStatus[] STATUSES = WorkflowStatus.values();

    private final Columns names;
    private final long[] byStatus = new long[STATUSES.length];
    private final long[] byType;
    private final long[] byOwner;
    private long total;

    Tally(Columns names) {
        this.names = names;
        this.byType = new long[names.types().bound()];
        this.byOwner = new long[names.owners().bound()];
    }

    void add(Segment segment, int row) {
        total++;
        byStatus[segment.status(row)]++;
        byType[segment.type(row)]++;
        byOwner[segment.owner(row)]++;
    }

    WorkflowTable.Counts counts() {
        Map<WorkflowStatus, Long> statuses = new EnumMap<>(WorkflowStatus.class);
        for (WorkflowStatus status : STATUSES) {
            if (byStatus[status.ordinal()] > 0) {
                statuses.put(status, byStatus[status.ordinal()]);
            }
        }
        return new WorkflowTable.Counts(total, statuses, named(names.types(), byType), named(names.owners(), byOwner));
    }

    private static Map<String, Long> named(Names names, long[] counts) {
        Map<String, Long> named = new HashMap<>();
        for (int code = 0; code < counts.length; code++) {
            String name = names.name(code);
            if (name != null && counts[code] > 0) {
                named.put(name, counts[code]);
            }
        }
        return named;
    }
}
