package io.millrace.worker.internal.execution;

import io.millrace.schemas.WorkerEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Tells the engine's partitions what the {@link CreditLedger} says. Computing a report and handing it to the transport happen under
 * one lock per partition, so the last record of a partition is the newest report. The ledger's own lock is held for its
 * arithmetic alone.
 */
final class CreditDesk {
    private final String workerId;
    private final EventSender sender;
    private final Runnable beginWaiting;
    private final CreditLedger ledger;
    private final ReentrantLock ledgerLock = new ReentrantLock();
    private final ReentrantLock[] partitionLocks;

    /**
     * For one incarnation.
     *
     * @param beginWaiting begins the oldest of the grants that wait for a slot; there is one whenever it is called
     */
    CreditDesk(String workerId, int slots, int partitions, EventSender sender, Runnable beginWaiting) {
        this.workerId = workerId;
        this.sender = sender;
        this.beginWaiting = beginWaiting;
        this.ledger = new CreditLedger(slots, partitions, workerId.hashCode());
        this.partitionLocks = new ReentrantLock[partitions];
        for (int p = 0; p < partitions; p++) {
            partitionLocks[p] = new ReentrantLock();
        }
    }

    /** A grant is there in full, whatever becomes of it. */
    void sawGrant(int partition, long number) {
        change(() -> {
            ledger.sawGrant(partition, number);
            return null;
        });
    }

    /**
     * Takes a slot for a grant.
     *
     * @param keepWaiting stores the grant where {@code beginWaiting} finds it; called when there is no slot
     * @return whether there is one
     */
    boolean take(int partition, Runnable keepWaiting) {
        boolean taken = change(() -> {
            Optional<CreditLedger.Effects> slot = ledger.take(partition);
            if (slot.isEmpty()) {
                keepWaiting.run();
            }
            return slot.isPresent();
        });
        if (!taken) {
            apply(change(ledger::seek), -1);
        }
        return taken;
    }

    /** Sends the last facts of an execution together with the credit that its end sets free. */
    CompletableFuture<Void> sendLast(int partition, String key, WorkerEvent event) {
        CreditLedger.Effects effects = change(() -> ledger.free(partition));
        CompletableFuture<Void> sent = send(partition, key, event);
        apply(effects, partition);
        return sent;
    }

    /** An execution ended without having anything to say. */
    void free(int partition) {
        apply(change(() -> ledger.free(partition)), -1);
    }

    void want(int partition, int count) {
        apply(change(() -> ledger.want(partition, count)), -1);
    }

    void settled(int partition, long granted) {
        apply(change(() -> ledger.settled(partition, granted)), -1);
    }

    /** No more is offered, and everyone is told. */
    void stop() {
        change(() -> {
            ledger.stop();
            return null;
        });
        offerAll();
    }

    /** Tells every partition how much it may grant. */
    void offerAll() {
        change(() -> {
            ledger.refresh();
            return null;
        });
        for (int p = 0; p < partitionLocks.length; p++) {
            report(p);
        }
    }

    private void apply(CreditLedger.Effects effects, int alreadyReported) {
        for (int p : effects.report()) {
            if (p != alreadyReported) {
                report(p);
            }
        }
        for (int i = 0; i < effects.begin(); i++) {
            beginWaiting.run();
        }
    }

    private void report(int partition) {
        send(partition, workerId, new WorkerEvent(workerId, 0L, List.of(), null));
    }

    private CompletableFuture<Void> send(int partition, String key, WorkerEvent event) {
        partitionLocks[partition].lock();
        try {
            event.setCredit(change(() -> ledger.report(partition)));
            return sender.send(partition, key, event);
        } finally {
            partitionLocks[partition].unlock();
        }
    }

    private <T> T change(Supplier<T> change) {
        ledgerLock.lock();
        try {
            return change.get();
        } finally {
            ledgerLock.unlock();
        }
    }
}
