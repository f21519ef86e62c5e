package io.millrace.worker.internal.execution;

import io.millrace.schemas.WorkerEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The place that an execution takes in its worker; given back once, however the execution ends. */
abstract class Slot {
    private final AtomicBoolean free = new AtomicBoolean();

    /** Sends the execution's last event and gives the place back with it. */
    final CompletableFuture<Void> sendLast(EventSender sender, int partition, String key, WorkerEvent event) {
        return free.compareAndSet(false, true)
                ? freeWith(sender, partition, key, event)
                : sender.send(partition, key, event);
    }

    /** Gives the place back, if that has not happened. */
    final void free() {
        if (free.compareAndSet(false, true)) {
            freeAlone();
        }
    }

    abstract CompletableFuture<Void> freeWith(EventSender sender, int partition, String key, WorkerEvent event);

    abstract void freeAlone();

    /** One of those that are offered to the engine as credit. */
    static final class Granted extends Slot {
        private final CreditDesk credit;
        private final int creditPartition;

        Granted(CreditDesk credit, int creditPartition) {
            this.credit = credit;
            this.creditPartition = creditPartition;
        }

        @Override
        CompletableFuture<Void> freeWith(EventSender sender, int partition, String key, WorkerEvent event) {
            if (partition == creditPartition) {
                return credit.sendLast(partition, key, event);
            }
            CompletableFuture<Void> sent = sender.send(partition, key, event);
            credit.freeSoon(creditPartition);
            return sent;
        }

        @Override
        void freeAlone() {
            credit.free(creditPartition);
        }
    }

    /** One of those for workflows that are started in this process; the engine does not know of them. */
    static final class Eager extends Slot {
        private final AtomicInteger places;

        Eager(AtomicInteger places) {
            this.places = places;
        }

        @Override
        CompletableFuture<Void> freeWith(EventSender sender, int partition, String key, WorkerEvent event) {
            freeAlone();
            return sender.send(partition, key, event);
        }

        @Override
        void freeAlone() {
            places.incrementAndGet();
        }
    }

    /** None: for an execution that never begins here. */
    static final class None extends Slot {
        @Override
        CompletableFuture<Void> freeWith(EventSender sender, int partition, String key, WorkerEvent event) {
            return sender.send(partition, key, event);
        }

        @Override
        void freeAlone() {
            // Nothing was taken.
        }
    }
}
