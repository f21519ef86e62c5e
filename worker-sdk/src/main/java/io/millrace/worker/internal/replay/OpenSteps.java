package io.millrace.worker.internal.replay;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which parts of an execution have something to do. A part is the workflow's own code or a step beside it; when none is active,
 * and the next one becomes so only at a known time or by something outside, the workflow can be let go of until then.
 *
 * <p>One rule keeps the count exact: <em>whoever wakes a part counts it in</em>, before it counts itself out. So there is no moment at
 * which work is about to go on and nothing is counted as active.
 */
public final class OpenSteps {
    private final Map<Integer, Long> dueAtMs = new TreeMap<>();
    private int active = 1;
    private int awaited;
    private int awaitedOutside;
    private boolean patient;
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
     * The workflow's code waits for the end of this step, which comes from outside and at a time that nobody knows.
     *
     * @param untilMs when it comes at the latest; {@link Long#MAX_VALUE} where no time is set
     */
    public void waitsOutside(int seq, long untilMs) {
        waits(seq, untilMs);
        awaitedOutside = seq;
        patient = true;
    }

    /** The moment is over for which it pays to stay for an end from outside. */
    public void losesPatience(int seq) {
        if (awaitedOutside == seq) {
            patient = false;
        }
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
        if (awaitedOutside == seq) {
            awaitedOutside = 0;
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

    /**
     * Whether the workflow is to be let go of, and until when. An end from outside ends the wait whenever it comes, so its time alone
     * keeps nobody; a wait for a time is not worth the way through the engine when it is short.
     *
     * @param longerThanMs how long a wait for a time must be
     */
    public Optional<Wait> parksUntil(long nowMs, long longerThanMs) {
        if (awaitedOutside != 0 && patient) {
            return Optional.empty();
        }
        return idleUntil().filter(first -> first.seq() == awaitedOutside || first.untilMs() - nowMs > longerThanMs);
    }

    /** How many steps wait for a time, or for an end from outside that the code awaits. */
    public int waiting() {
        return dueAtMs.size();
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
