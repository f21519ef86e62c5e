package io.millrace.worker.internal.execution;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Parked;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Released;
import io.millrace.schemas.WorkerFact;
import io.millrace.worker.EagerExecutionLostException;
import io.millrace.worker.EagerResult;
import io.millrace.worker.internal.execution.ExecutionHost.Ending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a workflow, and the ways in which it ends in this worker: closed, parked, released, abandoned. Whichever comes
 * first closes the {@link Outbox}, and the others find it closed. Thread-safe.
 */
final class Execution {
    private final ExecutionName name;
    private final String workflowType;
    private final ExecutionHost host;
    private final Outbox outbox;
    private final Slot slot;
    private final Waits waits;
    private final CancelRequest cancelRequest = new CancelRequest();
    private final OutsideEnds outsideEnds = new OutsideEnds();
    private final RunningThreads threads = new RunningThreads();
    private final CompletableFuture<EagerResult> result = new CompletableFuture<>();
    private volatile ExecutionTrace trace = ExecutionTrace.NOT_BEGUN;
    private volatile Ending ending = Ending.ABANDONED;

    Execution(ExecutionName name, String workflowType, ExecutionHost host, Outbox outbox, Slot slot) {
        this.name = name;
        this.workflowType = workflowType;
        this.host = host;
        this.outbox = outbox;
        this.slot = slot;
        WorkerEnvironment environment = host.environment();
        this.waits = new Waits(environment.clock(), environment.threads().joining(), environment.parkAfter());
        cancelRequest.onRequest(waits::cancel);
    }

    ExecutionName name() {
        return name;
    }

    String workflowType() {
        return workflowType;
    }

    /** How it ended here; before it has, as if nobody knew of it any more. */
    Ending ending() {
        return ending;
    }

    ExecutionHost host() {
        return host;
    }

    Waits waits() {
        return waits;
    }

    /** Whether the workflow was cancelled; it stays this execution's to bring to its end. */
    CancelRequest cancelRequest() {
        return cancelRequest;
    }

    /** What has ended outside the worker. */
    OutsideEnds outsideEnds() {
        return outsideEnds;
    }

    /** The engine says how a step ended that began here. It is kept, because the code may come to it later. */
    void endedOutside(RecordedStep step) {
        waits.endedOutside(step.getSeq(), () -> outsideEnds.put(step));
    }

    RunningThreads threads() {
        return threads;
    }

    /** Its code is about to run. */
    void begin(Assignment assignment) {
        trace = host.traces().begin(name, assignment);
        if (outbox.isClosed()) {
            // Whoever ended it just now may have found no trace to end.
            trace.end(Ending.ABANDONED, "it had ended before its code began");
        }
    }

    ExecutionTrace trace() {
        return trace;
    }

    Outbox outbox() {
        return outbox;
    }

    /** How the workflow ended, when that is on record and nobody else can have run it. */
    CompletableFuture<EagerResult> result() {
        return result;
    }

    /** Takes a fact; throws when the execution has ended. */
    void report(WorkerFact fact) {
        outbox.add(fact);
    }

    /** Takes a fact that somebody outside acts on, and sends it at once. */
    void reportAtOnce(WorkerFact fact) {
        outbox.add(fact);
        outbox.flush();
    }

    /** Whether the user's code must be unwound, whatever it has thrown. */
    boolean hasEnded() {
        return outbox.isClosed() || outbox.isBroken();
    }

    /** Waits until all that was reported is on record. */
    void awaitAcknowledged() {
        await(outbox.flush());
    }

    private void await(CompletableFuture<Void> sent) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    sent.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    throwIfEnded();
                }
            }
        } catch (ExecutionException e) {
            throw new ExecutionAbandonedError("a fact of " + name + " did not get on record: " + e.getCause());
        } finally {
            if (interrupted) {
                // It was meant for the user's code, which is still to see it.
                Thread.currentThread().interrupt();
            }
        }
        throwIfEnded();
    }

    void throwIfEnded() {
        if (hasEnded()) {
            throw new ExecutionAbandonedError("the execution " + name + " has ended in this worker");
        }
    }

    /** The workflow's code came to its end: nothing waits for the acknowledgement but the caller of an eager start. */
    void close(WorkerFact last, EagerResult how) {
        Failure failure = how instanceof EagerResult.Failed failed ? failed.failure() : null;
        Ending as = failure == null ? Ending.COMPLETED : Ending.FAILED;
        CompletableFuture<Void> sent = closeOutbox(last, as);
        if (sent == null) {
            return;
        }
        if (failure != null) {
            trace.failed(failure);
        }
        // The span ends before the result is told: whoever waits for that may close the SDK next.
        end(as, failure == null ? null : failure.getType());
        sent.whenComplete((ok, error) -> {
            if (error == null && host.permission() != ExecutionHost.Permission.LAPSED) {
                result.complete(how);
            } else {
                lose("its end did not get on record in time");
            }
        });
    }

    /** The workflow's code came to its end by the cancel; the engine says when it has stopped, for it may have children. */
    void closeCancelled(WorkerFact last) {
        if (closeOutbox(last, Ending.CANCELLED) != null) {
            end(Ending.CANCELLED, null);
            lose("it was cancelled");
        }
    }

    /** Lets go of the workflow until the end of a wait. What was sent is on record first; what was not, travels along. */
    void park(Turn.Park turn) {
        await(outbox.sent());
        Parked parked = new Parked(turn.until().seq(), turn.until().untilMs(), turn.endsSeen());
        if (closeOutbox(Facts.of(parked), Ending.PARKED) != null) {
            end(Ending.PARKED, null);
            lose("it waits for more than a moment");
        }
    }

    /** Gives the workflow back, so that another worker can have it at once. */
    void release(String reason) {
        Released released = new Released(reason);
        if (closeOutbox(Facts.of(released), Ending.RELEASED) != null) {
            end(Ending.RELEASED, reason);
            lose(reason);
        }
    }

    /**
     * The engine has said that it is not this worker's any more. That was read before it was committed, and may never be so: it is given back, in case
     * the engine still takes it for this worker's and would wait for it. Who is not its owner gives back nothing. The slot is free when the code has left.
     */
    void giveUp(String reason) {
        Released released = new Released("its worker was told that it is not its own");
        if (outbox.close(Facts.of(released), new Slot.None(), () -> ending = Ending.ABANDONED) != null) {
            end(Ending.ABANDONED, reason);
            lose(reason);
        }
    }

    /** It is not this worker's any more: nothing is reported. */
    void abandon(String reason) {
        if (outbox.abandon()) {
            end(Ending.ABANDONED, reason);
            lose(reason);
        }
    }

    /** The code has returned or was unwound, or will never begin. */
    void codeHasLeft() {
        slot.free();
        abandon("a fact did not get on record");
    }

    /** The workflow's thread, which finds it closed by another one, asks at once how it ended. */
    private @Nullable CompletableFuture<Void> closeOutbox(WorkerFact last, Ending how) {
        return outbox.close(last, slot, () -> ending = how);
    }

    private void end(Ending how, @Nullable String problem) {
        waits.stop();
        threads.stop();
        host.ended(this, how);
        trace.end(how, problem);
    }

    private void lose(String reason) {
        result.completeExceptionally(
                new EagerExecutionLostException("workflow " + name.workflowId() + " goes on elsewhere: " + reason));
    }
}
