package io.millrace.worker.internal.replay;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which parts of an execution have something to do. A part is the workflow's own code or a step beside it; when none is active,
 * and the next one becomes so only at a known time, the workflow can be let go of until then.
 *
 * <p>One rule keeps the count exact: <em>whoever wakes a part counts it in</em>, before it counts itself out. So there is no moment at
 * which work is about to go on and nothing is counted as active.
 */
public final class OpenSteps {
    private final Map<Integer, Long> dueAtMs = new TreeMap<>();
    private int active = 1;
    private int awaited;
    private boolean stopped;

    /** The step that waits, and until when. */
    public record Wait(int seq, long untilMs) {}

    /** A step begins beside the code. */
    public void begun() {
        active++;
    }

    /** What runs this step, its own thread or the workflow's, waits until then. */
    public void waits(int seq, long untilMs) {
        active--;
        dueAtMs.put(seq, untilMs);
    }

    /**
     * The wait of this step is over.
     *
     * @return false if nothing must go on any more
     */
    public boolean resumes(int seq) {
        if (stopped || dueAtMs.remove(seq) == null) {
            return false;
        }
        active++;
        return true;
    }

    /** The workflow's code waits for the end of this step, which is not there yet. */
    public void awaits(int seq) {
        awaited = seq;
        active--;
    }

    /**
     * The workflow's code waits no longer for the step that it awaits, which has not ended.
     *
     * @return false if it awaits none, or nothing must go on any more
     */
    public boolean awaitsNoMore() {
        if (stopped || awaited == 0) {
            return false;
        }
        awaited = 0;
        active++;
        return true;
    }

    /**
     * A part that was halted goes on after all.
     *
     * @return false if nothing must go on any more
     */
    public boolean unhalts() {
        if (!stopped) {
            active++;
        }
        return !stopped;
    }

    /** A part does nothing more: it is not to go on in this worker. */
    public void halts() {
        active--;
    }

    /**
     * A step beside the code is at its end.
     *
     * @return whether the code has waited for it and goes on
     */
    public boolean ended(int seq) {
        active--;
        if (stopped || awaited != seq) {
            return false;
        }
        awaited = 0;
        active++;
        return true;
    }

    /** Whether all there is to do is to wait. */
    public boolean idle() {
        return active == 0 && !stopped;
    }

    /** The earliest end of a wait, when there is nothing to do before. */
    public Optional<Wait> idleUntil() {
        if (!idle()) {
            return Optional.empty();
        }
        return dueAtMs.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(first -> new Wait(first.getKey(), first.getValue()));
    }

    /** Whether nothing must go on any more. */
    public boolean stopped() {
        return stopped;
    }

    /** Nothing resumes from here on. */
    public void stop() {
        stopped = true;
    }
}
