package io.millrace.standalone.crash;

import io.millrace.schemas.HistoryFact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When one workflow was under way on a queue, and with which worker, by its history. Those that were expedited while they waited are left out: they hold no
 * slot.
 *
 * <p>What is on record lies within what the queue's home has counted: the home takes the slot before the grant is decided on, and gives it back after it
 * has heard of the end, which is after that was decided on. So the times of these decisions must keep the limits too, whatever partition they were made
 * in, if all engines have one clock: they are on one machine.
 */
final class SlotTimes {
    /**
     * A time of holding something of a queue.
     *
     * @param workerId the worker that had it; null where it is the slot
     * @param toMs when the end was decided on
     */
    record Held(String workflowId, String queue, @Nullable String workerId, long fromMs, long toMs) {}

    private final String workflowId;
    private final List<Held> slots = new ArrayList<>();
    private final List<Held> runs = new ArrayList<>();
    private String queue = "";
    private boolean expedited;
    private @Nullable Long slotSinceMs;
    private @Nullable Long runSinceMs;
    private String workerId = "";

    private SlotTimes(String workflowId) {
        this.workflowId = workflowId;
    }

    static SlotTimes of(RecordedHistory history) {
        SlotTimes times = new SlotTimes(history.workflowId());
        history.dated().forEach(dated -> times.add(dated.fact(), dated.atMs()));
        return times;
    }

    /** From each first grant to the end that followed. */
    List<Held> slots() {
        return slots;
    }

    /** From each grant to the time when its worker had it no longer. */
    List<Held> runs() {
        return runs;
    }

    /** Whether it holds something to the end of its history. */
    boolean isOpen() {
        return slotSinceMs != null || runSinceMs != null;
    }

    private void add(HistoryFact fact, long atMs) {
        if (fact.getWorkflowStarted() != null) {
            queue = fact.getWorkflowStarted().getStart().getQueue();
        } else if (fact.getMovedToQueue() != null) {
            queue = fact.getMovedToQueue().getQueue();
        } else if (fact.getExpedited() != null) {
            expedited = true;
        } else if (fact.getReopened() != null) {
            expedited = false;
            queue = fact.getReopened().getQueue();
        } else if (fact.getGranted() != null) {
            workerId = fact.getGranted().getWorkerId();
            begin(atMs);
        }
        if (RecordedHistory.endsOwnership(fact) || RecordedHistory.ends(fact)) {
            endRun(atMs);
        }
        if (RecordedHistory.ends(fact)) {
            endSlot(atMs);
        }
    }

    private void begin(long atMs) {
        if (slotSinceMs == null && !expedited) {
            slotSinceMs = atMs;
        }
        if (slotSinceMs != null) {
            runSinceMs = atMs;
        }
    }

    private void endRun(long atMs) {
        if (runSinceMs != null) {
            runs.add(new Held(workflowId, queue, workerId, runSinceMs, atMs));
            runSinceMs = null;
        }
    }

    private void endSlot(long atMs) {
        if (slotSinceMs != null) {
            slots.add(new Held(workflowId, queue, null, slotSinceMs, atMs));
            slotSinceMs = null;
        }
    }

    @Override
    public String toString() {
        return workflowId + " on queue " + queue;
    }
}
