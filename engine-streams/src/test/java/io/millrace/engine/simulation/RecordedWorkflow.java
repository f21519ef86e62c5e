package io.millrace.engine.simulation;

import io.millrace.engine.machine.FactKind;
import io.millrace.engine.machine.RecordLaws;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A workflow as anyone sees it who reads what is committed: its history, and what follows from that in words other than the engine's. */
final class RecordedWorkflow {
    private static final String NOT_TAKEN = "its worker was told that it is not its own";

    private final List<HistoryEntry> history = new ArrayList<>();
    private final Set<Integer> steps = new TreeSet<>();
    private final Map<Long, String> grants = new HashMap<>();
    private final Map<Long, HistoryFact> endsOfGrants = new HashMap<>();
    private final Map<Integer, String> openChildren = new TreeMap<>();
    private @Nullable WorkflowStarted started;
    private WorkflowStatus status = WorkflowStatus.UNKNOWN;
    private long epoch;
    private boolean owned;

    List<HistoryEntry> history() {
        return history;
    }

    @Nullable
    WorkflowStarted started() {
        return started;
    }

    WorkflowStatus status() {
        return status;
    }

    void setStatus(WorkflowStatus seen) {
        status = seen;
    }

    /** The steps that are on record as ended. */
    Set<Integer> steps() {
        return steps;
    }

    /** Children that are to end when this one does, and have not. */
    Map<Integer, String> openChildren() {
        return openChildren;
    }

    /** Whether this worker has it at present. */
    boolean isOwnedBy(String workerId, long epochOf) {
        return owned && epoch == epochOf && workerId.equals(grants.get(epoch));
    }

    /** Whether this worker was granted it under this epoch, and that was committed. */
    boolean wasGranted(String workerId, long epochOf) {
        return workerId.equals(grants.get(epochOf));
    }

    /** Whether the engine took the worker of a grant for dead. */
    boolean wasLost(long epochOf) {
        HistoryFact end = endsOfGrants.get(epochOf);
        return end != null && end.getWorkerLost() != null && end.getWorkerLost().getReason() == null;
    }

    /** Whether a grant was ended by somebody from outside, or by the engine's objection: its worker hears of that later. */
    boolean wasTakenAway(long epochOf) {
        HistoryFact end = endsOfGrants.get(epochOf);
        if (end == null) {
            return false;
        }
        return switch (FactKind.of(end)) {
            case TERMINATED, WORKFLOW_TIMED_OUT, RECOVERY_EXHAUSTED -> true;
            case WORKER_LOST -> end.getWorkerLost().getReason() != null;
            case RELEASED -> end.getReleased().getReason().equals(NOT_TAKEN);
            default -> false;
        };
    }

    void add(HistoryEntry entry) {
        history.add(entry);
        entry.getFacts().forEach(this::add);
    }

    private void add(HistoryFact fact) {
        FactKind kind = FactKind.of(fact);
        if (kind == FactKind.STEP_COMPLETED) {
            int seq = fact.getStepCompleted().getSeq();
            Invariant.RECORDED_ONCE.must(!steps.contains(seq), () -> "step " + seq + ": " + RecordWords.of(fact));
        }
        RecordLaws.recordEnd(fact, steps);
        switch (kind) {
            case WORKFLOW_STARTED -> {
                Invariant.STARTED_ONCE.must(started == null, () -> RecordWords.of(fact));
                started = fact.getWorkflowStarted();
                epoch = started.getEpoch();
            }
            case GRANTED -> {
                epoch = fact.getGranted().getEpoch();
                grants.put(epoch, fact.getGranted().getWorkerId());
                owned = true;
            }
            case CHILD_STARTED -> {
                if (fact.getChildStarted().getClosePolicy() != ParentClosePolicy.ABANDON) {
                    openChildren.put(
                            fact.getChildStarted().getSeq(),
                            fact.getChildStarted().getChildWorkflowId());
                }
            }
            case CHILD_ENDED -> openChildren.remove(fact.getChildEnded().getSeq());
            case REOPENED -> openChildren.clear();
            default -> {
                if (endsOwnership(kind) && owned) {
                    endsOfGrants.put(epoch, fact);
                    owned = false;
                }
            }
        }
    }

    private static boolean endsOwnership(FactKind kind) {
        return kind.closes()
                || switch (kind) {
                    case RELEASED, PARKED, WORKER_LOST, WORKFLOW_CANCELLED -> true;
                    default -> false;
                };
    }
}
