package io.millrace.worker.internal.execution;

import io.millrace.worker.internal.replay.OpenSteps;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where the parts of an execution wait for time and for each other, and where it shows that all of them do. It is always the
 * workflow's own thread that then ends the execution: it is waiting anyway, and it is the one that has to be unwound.
 */
final class Waits {
    private final WorkerClock clock;
    private final long parkAfterMs;
    private final ReentrantLock lock = new ReentrantLock();
    private final OpenSteps open = new OpenSteps();
    private final Map<Integer, WorkerClock.Timer> timers = new HashMap<>();
    private CompletableFuture<Turn> wake = new CompletableFuture<>();
    private boolean draining;

    Waits(WorkerClock clock, Duration parkAfter) {
        this.clock = clock;
        this.parkAfterMs = parkAfter.toMillis();
    }

    /** The workflow's thread waits until then, on behalf of this step. */
    Turn workflowWaits(int seq, long untilMs) {
        return await(() -> {
            open.waits(seq, untilMs);
            Runnable goOn = () -> wake.complete(new Turn.GoOn());
            setTimerUnlessOver(seq, untilMs, goOn);
        });
    }

    /** The workflow's thread waits for the end of this step, unless that has come. */
    Turn workflowAwaits(int seq, BooleanSupplier hasEnded) {
        return await(() -> {
            if (hasEnded.getAsBoolean()) {
                wake.complete(new Turn.GoOn());
            } else {
                open.awaits(seq);
            }
        });
    }

    /** The workflow's thread is not to go on in this worker; it waits for the steps that are running. */
    Turn workflowHalts() {
        return await(open::halts);
    }

    /** A step begins beside the workflow. */
    void begun() {
        change(open::begun);
    }

    /** A step beside the workflow waits until then. */
    void waits(int seq, long untilMs, Runnable resume) {
        change(() -> {
            open.waits(seq, untilMs);
            setTimerUnlessOver(seq, untilMs, resume);
        });
    }

    /** A step beside the workflow is not to go on in this worker. */
    void halts() {
        change(open::halts);
    }

    /** A step beside the workflow is at its end, which is stored first. */
    void ended(int seq, Runnable storeResult) {
        change(() -> {
            storeResult.run();
            if (open.ended(seq)) {
                wake.complete(new Turn.GoOn());
            }
        });
    }

    /** Waits are not waited for any more: as soon as no step is running, the execution is released. */
    void drain() {
        change(() -> draining = true);
    }

    /** The execution has ended: nothing resumes any more, and the workflow's thread finds out. */
    void stop() {
        change(() -> {
            open.stop();
            wake.complete(new Turn.GoOn());
            timers.values().forEach(WorkerClock.Timer::cancel);
            timers.clear();
        });
    }

    private Turn await(Runnable begin) {
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        change(() -> {
            wake = turn;
            begin.run();
        });
        // Not to be interrupted: whoever ends the execution completes the turn,
        // and an interrupt of the user's own is the user's.
        return turn.join();
    }

    private void setTimerUnlessOver(int seq, long untilMs, Runnable resume) {
        long delayMs = untilMs - clock.wallMs();
        if (delayMs <= 0) {
            open.resumes(seq);
            resume.run();
            return;
        }
        timers.put(seq, clock.schedule(Duration.ofMillis(delayMs), () -> resume(seq, resume)));
    }

    private void resume(int seq, Runnable resume) {
        change(() -> {
            timers.remove(seq);
            if (open.resumes(seq)) {
                resume.run();
            }
        });
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
        if (draining) {
            open.stop();
            wake.complete(new Turn.Release());
            return;
        }
        Optional<OpenSteps.Wait> wait = open.idleUntil();
        if (wait.isPresent() && wait.get().untilMs() - clock.wallMs() > parkAfterMs) {
            open.stop();
            wake.complete(new Turn.Park(wait.get()));
        }
    }
}
