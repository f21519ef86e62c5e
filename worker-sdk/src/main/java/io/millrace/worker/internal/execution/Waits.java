package io.millrace.worker.internal.execution;

import io.millrace.worker.internal.replay.OpenSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where the parts of an execution wait for time and for each other, and where it shows that all of them do. It is always the
 * workflow's own thread that then ends the execution: it is waiting anyway, and it is the one that has to be unwound.
 */
final class Waits {
    /**
     * So long at most it pays to stay for an end that comes from outside: a message that was on its way, a child that does little.
     * Nobody knows when it comes, so this is less than what is waited for a time.
     */
    private static final Duration MOMENT = Duration.ofMillis(250);

    private final WorkerClock clock;
    private final WorkerThreads.Joining joining;
    private final long parkAfterMs;
    private final ReentrantLock lock = new ReentrantLock();
    private final OpenSteps open = new OpenSteps();
    private final Map<Integer, TimedWait> timed = new HashMap<>();
    private final List<Runnable> paused = new ArrayList<>();
    private CompletableFuture<Turn> wake = new CompletableFuture<>();
    private boolean wakeOnCancel;
    private boolean cancelled;
    /** The steps that are known to have ended outside; what comes later than a decision to park was not known to it. */
    private final Set<Integer> endedOutside = new HashSet<>();

    private boolean draining;
    private volatile boolean pausing;

    /** A wait for a time, on behalf of one step. */
    private record TimedWait(WorkerClock.Timer timer, Runnable onCancel) {}

    Waits(WorkerClock clock, WorkerThreads.Joining joining, Duration parkAfter) {
        this.clock = clock;
        this.joining = joining;
        this.parkAfterMs = parkAfter.toMillis();
    }

    /** The workflow's thread waits until then, on behalf of this step. A cancel ends that unless it is shielded. */
    Turn workflowWaits(int seq, long untilMs, boolean shielded) {
        return await(() -> {
            open.waits(seq, untilMs);
            Runnable onCancel = shielded ? () -> {} : () -> resume(seq, () -> wake.complete(new Turn.Cancel()));
            waitFor(seq, untilMs, () -> wake.complete(new Turn.GoOn()), onCancel);
        });
    }

    /** The workflow's thread waits for the end of this step, unless that has come. A cancel ends that unless it is shielded. */
    Turn workflowAwaits(int seq, BooleanSupplier hasEnded, boolean shielded) {
        return await(() -> {
            if (hasEnded.getAsBoolean()) {
                wake.complete(new Turn.GoOn());
            } else if (cancelled && !shielded) {
                wake.complete(new Turn.Cancel());
            } else {
                open.awaits(seq);
                wakeOnCancel = !shielded;
            }
        });
    }

    /**
     * The workflow's thread waits for the end of this step, which {@link #endedOutside} tells, unless that has come. A cancel ends that
     * unless it is shielded.
     *
     * @param untilMs when it comes at the latest; {@link Long#MAX_VALUE} where no time is set
     */
    Turn workflowAwaitsOutside(int seq, long untilMs, BooleanSupplier hasEnded, boolean shielded) {
        return await(() -> {
            if (hasEnded.getAsBoolean()) {
                wake.complete(new Turn.GoOn());
                return;
            }
            open.waitsOutside(seq, untilMs);
            Runnable onCancel = shielded ? () -> {} : () -> resume(seq, () -> wake.complete(new Turn.Cancel()));
            timed.put(seq, new TimedWait(startMoment(seq), onCancel));
            if (cancelled) {
                onCancel.run();
            }
        });
    }

    private WorkerClock.Timer startMoment(int seq) {
        if (parkAfterMs == 0) {
            open.losesPatience(seq);
            return () -> {};
        }
        Duration moment = Duration.ofMillis(Math.min(MOMENT.toMillis(), parkAfterMs));
        return clock.schedule(moment, () -> change(() -> open.losesPatience(seq)));
    }

    /** This step has ended outside, which is stored first; the workflow's thread goes on if it waits for that. */
    void endedOutside(int seq, Runnable storeEnd) {
        change(() -> {
            endedOutside.add(seq);
            storeEnd.run();
            resume(seq, () -> wake.complete(new Turn.GoOn()));
        });
    }

    /** How many steps wait at present, those that end outside and that nobody awaits left out. */
    int waiting() {
        lock.lock();
        try {
            return open.waiting();
        } finally {
            lock.unlock();
        }
    }

    /** The workflow's thread is not to go on in this worker; it waits for the steps that are running. */
    Turn workflowHalts() {
        return await(open::halts);
    }

    /** The workflow's thread is not to go on while the workflow is paused. */
    Turn workflowPauses() {
        return await(() -> pause(() -> wake.complete(new Turn.GoOn())));
    }

    /** A step begins beside the workflow. */
    void begun() {
        change(open::begun);
    }

    /** A step beside the workflow waits until then. A cancel makes it go on at once unless it is shielded. */
    void waits(int seq, long untilMs, Runnable resume, boolean shielded) {
        change(() -> {
            open.waits(seq, untilMs);
            waitFor(seq, untilMs, resume, shielded ? () -> {} : () -> resume(seq, resume));
        });
    }

    /** A step beside the workflow is not to go on in this worker. */
    void halts() {
        change(open::halts);
    }

    /** A step beside the workflow is not to go on while the workflow is paused. */
    void pauses(Runnable resume) {
        change(() -> pause(resume));
    }

    /** A step beside the workflow is at its end, which is stored first. */
    void ended(int seq, Runnable storeResult) {
        change(() -> {
            storeResult.run();
            if (open.ended(seq)) {
                wakeOnCancel = false;
                wake.complete(new Turn.GoOn());
            }
        });
    }

    /** Waits are not waited for any more: as soon as no step is running, the execution is released. */
    void drain() {
        change(() -> draining = true);
    }

    /** As {@link #drain}, until it is taken back. A cancel takes it back: a paused workflow that is cancelled cleans up. */
    void setPaused(boolean pause) {
        change(() -> {
            pausing = pause && !cancelled;
            goOnUnlessPausing();
        });
    }

    boolean isPaused() {
        return pausing;
    }

    /** Ends all waits that are not shielded. */
    void cancel() {
        change(() -> {
            cancelled = true;
            pausing = false;
            goOnUnlessPausing();
            List.copyOf(timed.values()).forEach(wait -> wait.onCancel().run());
            if (wakeOnCancel && open.awaitsNoMore()) {
                wakeOnCancel = false;
                wake.complete(new Turn.Cancel());
            }
        });
    }

    /** The execution has ended: nothing resumes any more, and the workflow's thread finds out. */
    void stop() {
        change(() -> {
            open.stop();
            wake.complete(new Turn.GoOn());
            timed.values().forEach(wait -> wait.timer().cancel());
            timed.clear();
            paused.clear();
        });
    }

    private Turn await(Runnable begin) {
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        change(() -> {
            wake = turn;
            if (open.stopped()) {
                // Whoever ended the execution has completed the turn before this one, and will not come again.
                turn.complete(new Turn.GoOn());
            } else {
                begin.run();
            }
        });
        // Not to be interrupted: whoever ends the execution completes the turn,
        // and an interrupt of the user's own is the user's.
        return joining.join(turn);
    }

    private void waitFor(int seq, long untilMs, Runnable resume, Runnable onCancel) {
        long delayMs = untilMs - clock.wallMs();
        WorkerClock.Timer timer = delayMs <= 0
                ? () -> {}
                : clock.schedule(Duration.ofMillis(delayMs), () -> change(() -> resume(seq, resume)));
        timed.put(seq, new TimedWait(timer, onCancel));
        if (cancelled) {
            onCancel.run();
        }
        if (delayMs <= 0) {
            resume(seq, resume);
        }
    }

    /** The first one to end the wait of this step goes on with it; what comes later finds nothing. */
    private void resume(int seq, Runnable resume) {
        if (open.resumes(seq)) {
            timed.remove(seq).timer().cancel();
            resume.run();
        }
    }

    private void pause(Runnable resume) {
        open.halts();
        paused.add(resume);
        goOnUnlessPausing();
    }

    private void goOnUnlessPausing() {
        if (!pausing) {
            List<Runnable> all = List.copyOf(paused);
            paused.clear();
            for (Runnable resume : all) {
                if (open.unhalts()) {
                    resume.run();
                }
            }
        }
    }

    /** Every change is followed by the question whether anything is left to do. */
    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (open.idle()) {
                endIfNothingToDo();
            }
        } finally {
            lock.unlock();
        }
    }

    private void endIfNothingToDo() {
        if (draining || pausing) {
            open.stop();
            wake.complete(new Turn.Release(draining ? "the worker closes" : "paused"));
            return;
        }
        open.parksUntil(clock.wallMs(), parkAfterMs).ifPresent(wait -> {
            open.stop();
            wake.complete(new Turn.Park(wait, endedOutside.size()));
        });
    }
}
