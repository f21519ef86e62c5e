package io.millrace.worker.internal.execution;

import io.millrace.schemas.WorkerEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Tells the engine's partitions what the {@link CreditLedger} says. Computing a report and handing it to the transport happen under
 * one lock per partition, so the last record of a partition is the newest report, whoever sends it: the end of an execution, a heartbeat,
 * or {@link LateReports}. The ledger's own lock is held for its arithmetic alone.
 */
final class CreditDesk {
    private final String workerId;
    private final EventSender sender;
    private final Runnable beginWaiting;
    private final CreditLedger ledger;
    private final ReentrantLock ledgerLock = new ReentrantLock();
    private final ReentrantLock[] partitionLocks;
    private final LateReports reports;

    /**
     * For one incarnation.
     *
     * @param beginWaiting begins the oldest of the grants that wait for a slot; there is one whenever it is called
     */
    CreditDesk(String workerId, CreditLedger ledger, WorkerClock clock, EventSender sender, Runnable beginWaiting) {
        this.workerId = workerId;
        this.sender = sender;
        this.beginWaiting = beginWaiting;
        this.ledger = ledger;
        this.reports = new LateReports(ledger.partitions(), clock, this::report);
        this.partitionLocks = new ReentrantLock[ledger.partitions()];
        for (int p = 0; p < partitionLocks.length; p++) {
            partitionLocks[p] = new ReentrantLock();
        }
    }

    /** Whether this partition may have made a grant of this number by now. */
    boolean mayBeGrant(int partition, long number) {
        return change(() -> ledger.mayBeGrant(partition, number));
    }

    /** A grant is there in full and takes no slot. */
    void refuse(int partition, long number) {
        apply(change(() -> {
            ledger.sawGrant(partition, number);
            return ledger.settleIfComplete(partition);
        }));
    }

    /** The grant of this number will not come: the engine counts a slot for it until it is told. */
    void voided(int partition, long number) {
        refuse(partition, number);
        reports.soon(partition);
    }

    /**
     * Takes a slot for a grant that is there in full.
     *
     * @param keepWaiting stores the grant where {@code beginWaiting} finds it; called when there is no slot
     * @return whether there is one
     */
    boolean take(int partition, long number, Runnable keepWaiting) {
        // In one step: a report between the two would say that the grant has come, and offer its slot once more.
        boolean taken = change(() -> {
            ledger.sawGrant(partition, number);
            Optional<CreditLedger.Effects> slot = ledger.take(partition);
            if (slot.isEmpty()) {
                keepWaiting.run();
            }
            return slot.isPresent();
        });
        if (!taken) {
            apply(change(ledger::seek));
        }
        apply(change(() -> ledger.settleIfComplete(partition)));
        return taken;
    }

    /** Sends the last facts of an execution together with the credit that its end sets free, which is of the same partition. */
    CompletableFuture<Void> sendLast(int partition, String key, WorkerEvent event) {
        CreditLedger.Effects effects = change(() -> ledger.free(partition));
        CompletableFuture<Void> sent = send(partition, key, event);
        apply(effects.except(partition));
        return sent;
    }

    /**
     * An execution has ended whose facts went to another partition than this one, which is the one to be told of the slot. That takes a record of its
     * own, and thousands may end in a second, so it is left for a moment to be one record for all.
     */
    void freeSoon(int partition) {
        CreditLedger.Effects effects = change(() -> ledger.free(partition));
        effects.report().forEach(reports::soon);
        begin(effects);
    }

    /** An execution ended without having anything to say. */
    void free(int partition) {
        apply(change(() -> ledger.free(partition)));
    }

    void want(int partition, int count) {
        apply(change(() -> ledger.want(partition, count)));
    }

    void settled(int partition, long granted) {
        apply(change(() -> ledger.settled(partition, granted)));
    }

    /** No more is offered, and everyone is told. */
    void stop() {
        change(() -> {
            ledger.stop();
            return null;
        });
        reports.stop();
        offerAll();
    }

    /** Tells every partition how much it may grant. */
    void offerAll() {
        CreditLedger.Effects effects = change(ledger::refresh);
        for (int p = 0; p < partitionLocks.length; p++) {
            report(p);
        }
        begin(effects);
    }

    private void apply(CreditLedger.Effects effects) {
        effects.report().forEach(this::report);
        begin(effects);
    }

    private void begin(CreditLedger.Effects effects) {
        for (int i = 0; i < effects.begin(); i++) {
            beginWaiting.run();
        }
    }

    private void report(int partition) {
        send(partition, workerId, new WorkerEvent(workerId, 0L, List.of(), null, null));
    }

    private CompletableFuture<Void> send(int partition, String key, WorkerEvent event) {
        partitionLocks[partition].lock();
        try {
            // Before the report is computed: what changes from here on asks for another one.
            reports.isMade(partition);
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
