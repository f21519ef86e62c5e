package io.millrace.engine.listing;

import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions as they are held against rows; those on times are not among them, because rows are ordered by time. */
final class Match {
    private static final int ANY = -1;

    /** No row has it. */
    private static final int UNHEARD_OF = -2;

    private final int statuses;
    private final int type;
    private final int queue;
    private final int version;
    private final byte[] idPrefix;
    private final long[] labels;

    Match(WorkflowConditions conditions, Columns names) {
        this.statuses = bits(conditions.getStatuses());
        this.type = code(names.types(), conditions.getWorkflowType());
        this.queue = code(names.queues(), conditions.getQueue());
        this.version = code(names.versions(), conditions.getApplicationVersion());
        this.idPrefix = conditions.getIdPrefix() == null
                ? new byte[0]
                : conditions.getIdPrefix().getBytes(StandardCharsets.UTF_8);
        this.labels = Labels.of(conditions);
    }

    private static int bits(List<WorkflowStatus> statuses) {
        int bits = 0;
        for (WorkflowStatus status : statuses) {
            bits |= 1 << status.ordinal();
        }
        return statuses.isEmpty() ? ~0 : bits;
    }

    private static int code(Names names, @Nullable String name) {
        if (name == null) {
            return ANY;
        }
        Integer code = names.find(name);
        return code == null ? UNHEARD_OF : code;
    }

    /** Whether no row can match. */
    boolean isVain() {
        return type == UNHEARD_OF || queue == UNHEARD_OF || version == UNHEARD_OF;
    }

    /** Whether the row matches, as far as hashes of labels tell. */
    boolean matches(Segment segment, int row) {
        return (statuses >>> segment.status(row) & 1) != 0
                && (type == ANY || type == segment.type(row))
                && (queue == ANY || queue == segment.queue(row))
                && (version == ANY || version == segment.version(row))
                && (idPrefix.length == 0 || segment.idStartsWith(row, idPrefix))
                && (labels.length == 0 || segment.hasLabels(row, labels));
    }
}
