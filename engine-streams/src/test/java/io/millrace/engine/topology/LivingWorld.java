package io.millrace.engine.topology;

import io.millrace.engine.dispatch.LeaseTable;
import java.util.List;

/** Several partitions with their engines, as laws about queues look at them. */
interface LivingWorld {
    /** The true time, epoch milliseconds. */
    long now();

    /** The partition of a workflow or a queue. */
    Place homeOf(String key);

    List<? extends Place> partitions();

    QueueLaws laws();

    /** Nothing is on its way from one partition to another, and no transaction is open. */
    boolean isQuiet();

    /** One partition. */
    interface Place {
        int number();

        LivingEngine engine();

        LeaseTable leases();

        /** The time by its engine's clock. */
        long engineTime();
    }
}
