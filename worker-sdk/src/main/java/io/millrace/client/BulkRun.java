package io.millrace.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Commands many workflows, one after the other and some at a time. Holds no thread: each answer, and each alarm of the pace, sends what
 * may be sent then. Thread-safe.
 */
final class BulkRun {
    /** Enough to keep the engine busy, and few enough not to crowd out others' commands. */
    static final int MAX_IN_FLIGHT = 64;

    private final List<String> workflowIds;
    private final Function<String, CompletableFuture<BulkItem>> send;
    private final Consumer<BulkItem> onItem;
    private final BulkItem[] items;
    private final CompletableFuture<List<BulkItem>> result = new CompletableFuture<>();

    private final BulkPace pace;
    private int next;
    private int inFlight;
    private int answered;
    private boolean sending;
    private boolean alarmSet;

    /**
     * A run that has not begun.
     *
     * @param pace when the next one may be sent
     * @param send commands one workflow; its future must not fail
     * @param onItem told of each outcome as it comes; must not block nor throw
     */
    BulkRun(
            List<String> workflowIds,
            BulkPace pace,
            Function<String, CompletableFuture<BulkItem>> send,
            Consumer<BulkItem> onItem) {
        this.workflowIds = workflowIds;
        this.send = send;
        this.onItem = onItem;
        this.items = new BulkItem[workflowIds.size()];
        this.pace = pace;
    }

    /** All outcomes, in the order of the ids. Cancelling it ends the sending; what was sent stays sent. */
    CompletableFuture<List<BulkItem>> result() {
        return result;
    }

    /** Begins. */
    CompletableFuture<List<BulkItem>> start() {
        if (workflowIds.isEmpty()) {
            result.complete(List.of());
        }
        sendWhatMayBeSent();
        return result;
    }

    /** A loop and no recursion, because an answer may be there at once and would come back here ten thousand calls deep. */
    private void sendWhatMayBeSent() {
        synchronized (this) {
            if (sending) {
                // Whoever sends sees what has changed before it stops.
                return;
            }
            sending = true;
        }
        for (int index = takeNext(); index >= 0; index = takeNext()) {
            int sent = index;
            send.apply(workflowIds.get(sent)).thenAccept(item -> onAnswered(sent, item));
        }
    }

    /** The place of the next one; -1 when none may be sent now. */
    private synchronized int takeNext() {
        if (result.isDone() || next == workflowIds.size() || inFlight == MAX_IN_FLIGHT || isTooEarly()) {
            sending = false;
            return -1;
        }
        inFlight++;
        return next++;
    }

    private boolean isTooEarly() {
        long waitNanos = pace.take();
        if (waitNanos > 0 && !alarmSet) {
            alarmSet = true;
            pace.after(waitNanos, this::onAlarm);
        }
        return waitNanos > 0;
    }

    private void onAlarm() {
        synchronized (this) {
            alarmSet = false;
        }
        sendWhatMayBeSent();
    }

    private void onAnswered(int index, BulkItem item) {
        onItem.accept(item);
        boolean last;
        synchronized (this) {
            items[index] = item;
            inFlight--;
            last = ++answered == items.length;
        }
        if (last) {
            result.complete(List.of(items));
        } else {
            sendWhatMayBeSent();
        }
    }
}
