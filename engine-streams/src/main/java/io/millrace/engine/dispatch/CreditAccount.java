package io.millrace.engine.dispatch;

import io.millrace.schemas.Credit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One worker's credit at one dispatcher, and the grants that it may not have seen yet. */
final class CreditAccount {
    private long granted;
    private long seen;
    private long free;
    private long lastWantedAtMs = Long.MIN_VALUE / 2;
    private final Deque<Outstanding> outstanding = new ArrayDeque<>();

    /**
     * A grant that the worker has not confirmed.
     *
     * @param queue the queue with limits that made it, or null where the workflow's own partition did
     */
    record Outstanding(
            long number, String workflowId, @Nullable String queue, long atMs) {}

    /** The last report counts, whatever others said before: so one that was wrong, or forged, is made good by the next. */
    void report(Credit credit) {
        seen = credit.getGrantsSeen();
        free = credit.getFree();
        while (!outstanding.isEmpty() && outstanding.peekFirst().number() <= seen) {
            outstanding.pollFirst();
        }
    }

    /** A grant from before this dispatcher was made. */
    void restore(Outstanding grant) {
        granted = Math.max(granted, grant.number());
        outstanding.addLast(grant);
    }

    int available() {
        return (int) Math.max(0, free - Math.max(0, granted - seen));
    }

    long grant(String workflowId, @Nullable String queue, long atMs) {
        // After an aborted transaction a worker has seen numbers that were never granted: they are not used again.
        granted = Math.max(granted, seen) + 1;
        outstanding.addLast(new Outstanding(granted, workflowId, queue, atMs));
        return granted;
    }

    long granted() {
        return granted;
    }

    /** Takes out the grants that were made before a time and never seen; each is to be sent again and waits once more. */
    void takeOverdue(long beforeMs, long atMs, Consumer<Outstanding> overdue) {
        for (int i = outstanding.size(); i > 0 && outstanding.peekFirst().atMs() < beforeMs; i--) {
            Outstanding first = outstanding.pollFirst();
            outstanding.addLast(new Outstanding(first.number(), first.workflowId(), first.queue(), atMs));
            overdue.accept(first);
        }
    }

    /** Whether the worker may be asked for credit now, and was not a while ago. */
    boolean mayBeAsked(long atMs, long pauseMs) {
        return atMs - lastWantedAtMs >= pauseMs;
    }

    /** The worker is asked for credit now. */
    void asked(long atMs) {
        lastWantedAtMs = atMs;
    }
}
