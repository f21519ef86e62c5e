package io.millrace.worker.internal.execution;

import io.millrace.schemas.Limits;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one execution reports, in order. It is the only way from an execution to the topics, and once it is closed nothing goes
 * through it any more: that is what makes an abandoned execution harmless, whatever its code does. Thread-safe.
 */
final class Outbox {
    /** Where a record is full: the largest single fact (a payload and its frame, or a failure) still fits behind this. */
    private static final int RECORD_FULL_BYTES = Limits.MAX_RECORD_BYTES - Limits.MAX_PAYLOAD_BYTES - 64 * 1024;

    private final ExecutionName name;
    private final String workerId;
    private final int partition;
    private final EventSender sender;
    private final Flusher flusher;
    private final ReentrantLock lock = new ReentrantLock();
    private List<WorkerFact> waiting = new ArrayList<>();
    private int waitingBytes;
    private CompletableFuture<Void> lastSend = CompletableFuture.completedFuture(null);
    private boolean closed;
    private volatile boolean broken;

    Outbox(ExecutionName name, String workerId, int partition, EventSender sender, Flusher flusher) {
        this.name = name;
        this.workerId = workerId;
        this.partition = partition;
        this.sender = sender;
        this.flusher = flusher;
    }

    /**
     * Takes a fact, which is sent with the next flush.
     *
     * @throws ExecutionAbandonedError if it is closed
     */
    void add(WorkerFact fact) {
        boolean first;
        lock.lock();
        try {
            requireOpen();
            int bytes = FactSize.of(fact);
            if (waitingBytes + bytes > RECORD_FULL_BYTES || waiting.size() == Limits.MAX_FACTS_PER_EVENT - 1) {
                sendWaiting();
            }
            first = waiting.isEmpty();
            waiting.add(fact);
            waitingBytes += bytes;
        } finally {
            lock.unlock();
        }
        if (first) {
            flusher.willSend(this);
        }
    }

    /**
     * Sends what waits.
     *
     * @return ends when all that was ever sent is acknowledged
     * @throws ExecutionAbandonedError if it is closed
     */
    CompletableFuture<Void> flush() {
        lock.lock();
        try {
            requireOpen();
            sendWaiting();
            return lastSend;
        } finally {
            lock.unlock();
        }
    }

    /** Ends when all that was sent so far is acknowledged; what waits stays. */
    CompletableFuture<Void> sent() {
        lock.lock();
        try {
            return lastSend;
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits, if it is open. */
    void flushIfOpen() {
        lock.lock();
        try {
            if (!closed && !broken) {
                sendWaiting();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends what waits, and this last fact with it, and gives the slot back.
     *
     * @param decided run if this is what closes it, before anybody can find it closed
     * @return ends when that is acknowledged; null if it was closed or broken before, and nothing was sent
     */
    @Nullable
    CompletableFuture<Void> close(WorkerFact last, Slot slot, Runnable decided) {
        lock.lock();
        try {
            if (closed || broken) {
                closed = true;
                return null;
            }
            closed = true;
            decided.run();
            if (waitingBytes + FactSize.of(last) > RECORD_FULL_BYTES + Limits.MAX_PAYLOAD_BYTES) {
                sendWaiting();
            }
            waiting.add(last);
            lastSend = watched(slot.sendLast(sender, partition, name.workflowId(), takeWaiting()));
            return lastSend;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nothing more is sent, not even what waits.
     *
     * @return false if it was closed before
     */
    boolean abandon() {
        lock.lock();
        try {
            boolean wasOpen = !closed;
            closed = true;
            waiting = List.of();
            return wasOpen;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a send has failed: nothing may be built on this execution's record any more. */
    boolean isBroken() {
        return broken;
    }

    private void requireOpen() {
        if (closed || broken) {
            throw new ExecutionAbandonedError("the execution " + name + " has ended in this worker");
        }
    }

    private void sendWaiting() {
        if (!waiting.isEmpty()) {
            lastSend = watched(sender.send(partition, name.workflowId(), takeWaiting()));
        }
    }

    private WorkerEvent takeWaiting() {
        WorkerEvent event = new WorkerEvent(workerId, name.epoch(), waiting, null, null);
        waiting = new ArrayList<>();
        waitingBytes = 0;
        return event;
    }

    private CompletableFuture<Void> watched(CompletableFuture<Void> sent) {
        return sent.whenComplete((ok, error) -> {
            if (error != null) {
                broken = true;
            }
        });
    }
}
