package io.millrace.client;

import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes between whoever reads them and one listener, which is given one after the other, on the callback executor. It is bounded: a
 * listener that is slower than the changes come is told so in the end, and not kept memory for. Thread-safe.
 */
final class ChangeBuffer implements StatusSink {
    /**
     * What waits at most, in bytes as they were read: some ten thousand usual changes, which is twice what one poll can bring, so that only
     * listeners that are slow for longer are in trouble.
     */
    static final int MAX_WAITING_BYTES = 4 << 20;

    /** What each change takes beside that and the offsets of its position: its objects. */
    static final int ENTRY_BYTES = 256;

    /** After so many changes in a row the executor's thread is given up, for others to have a turn. */
    private static final int MAX_IN_A_ROW = 200;

    private final ChangeFilter filter;
    private final Function<StatusChange, ? extends CompletableFuture<?>> listener;
    private final Executor callbacks;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private @Nullable StatusPosition dealtWith;
    private boolean delivering;
    private boolean over;
    private @Nullable Runnable endBeforeBegin;

    ChangeBuffer(
            ChangeFilter filter, Function<StatusChange, ? extends CompletableFuture<?>> listener, Executor callbacks) {
        this.filter = filter;
        this.listener = listener;
        this.callbacks = callbacks;
    }

    @Override
    public boolean mayWant(String workflowId) {
        return filter.mayMatch(workflowId);
    }

    @Override
    public boolean wants(WorkflowState state) {
        return filter.matches(state);
    }

    @Override
    public boolean offer(Entry entry, Duration patience) {
        int bytes = weight(entry);
        synchronized (this) {
            if (!hasRoomWithin(bytes, patience)) {
                return false;
            }
            if (over) {
                return true;
            }
            waiting.add(entry);
            waitingBytes += bytes;
        }
        deliverSoon();
        return true;
    }

    private static int weight(Entry entry) {
        return entry.bytes() + ENTRY_BYTES + Long.BYTES * entry.after().partitions();
    }

    /** Room is there for any single change, however large. */
    private boolean hasRoomWithin(int bytes, Duration patience) {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (!over && !waiting.isEmpty() && waitingBytes + bytes > MAX_WAITING_BYTES) {
            long left = giveUpAt - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    @Override
    public void end(Ending ending, @Nullable Throwable cause) {
        synchronized (this) {
            if (dealtWith == null) {
                endBeforeBegin = () -> end(ending, cause);
                return;
            }
        }
        finish(
                switch (ending) {
                    case NO_ROOM ->
                        lost(
                                "the listener is slower than changes come, and " + MAX_WAITING_BYTES
                                        + " bytes of them wait already",
                                cause);
                    case LOG_REPLACED ->
                        new UnknownPositionException("the log of statuses was made anew, or has lost its end");
                    case UNREADABLE -> lost("the log of statuses cannot be read", cause);
                    case CLOSED -> new MillraceException("the client was closed");
                });
    }

    /** Lets the listener have what comes, from this place on. */
    void begin(StatusPosition start) {
        Runnable end;
        synchronized (this) {
            dealtWith = start;
            end = endBeforeBegin;
        }
        if (end == null) {
            deliverSoon();
        } else {
            end.run();
        }
    }

    /** Gives the listener nothing more, and completes {@link #ended}. */
    void close() {
        finish(null);
    }

    /** Completes normally when it was closed, and exceptionally when it has ended by itself. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Up to where everything was dealt with; {@code read} says up to where everything was offered before this was called. */
    synchronized StatusPosition position(StatusPosition read) {
        if (dealtWith == null) {
            return read;
        }
        if (waiting.isEmpty() && !delivering && !over) {
            dealtWith = dealtWith.orLater(read);
        }
        return dealtWith;
    }

    private SubscriptionEndedException lost(String why, @Nullable Throwable cause) {
        return new SubscriptionEndedException(why, dealtWith().encode(), cause);
    }

    private synchronized StatusPosition dealtWith() {
        return Optional.ofNullable(dealtWith).orElseThrow();
    }

    private void finish(@Nullable RuntimeException error) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            waiting.clear();
            waitingBytes = 0;
            notifyAll();
        }
        Runnable tell = () -> Futures.complete(ended, null, error);
        try {
            callbacks.execute(tell);
        } catch (RejectedExecutionException executorIsGone) {
            tell.run();
        }
    }

    private void deliverSoon() {
        synchronized (this) {
            if (delivering || over || dealtWith == null || waiting.isEmpty()) {
                return;
            }
            delivering = true;
        }
        goOn();
    }

    private void goOn() {
        try {
            callbacks.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            finish(lost("the callback executor takes nothing more", e));
        }
    }

    /** Runs on the callback executor, once at a time. */
    private void deliver() {
        for (int inARow = 0; inARow < MAX_IN_A_ROW; inARow++) {
            Entry entry = next();
            if (entry == null) {
                return;
            }
            CompletableFuture<?> taken = tell(entry);
            if (!taken.isDone()) {
                taken.whenComplete((value, error) -> {
                    onTaken(entry, error);
                    goOn();
                });
                return;
            }
            onTaken(entry, taken.isCompletedExceptionally() ? failureOf(taken) : null);
        }
        goOn();
    }

    private synchronized @Nullable Entry next() {
        Entry entry = over ? null : waiting.poll();
        if (entry == null) {
            delivering = false;
            return null;
        }
        waitingBytes -= weight(entry);
        notifyAll();
        // Its place was taken before it waited here, and others have been told of since: positions must never go back.
        StatusPosition after = dealtWith == null ? entry.after() : dealtWith.orLater(entry.after());
        return new Entry(entry.state(), entry.bytes(), after);
    }

    /** Whatever the listener does comes to an end here: nobody else would say that the subscription stands still. */
    private CompletableFuture<?> tell(Entry entry) {
        try {
            CompletableFuture<?> taken = listener.apply(new StatusChange(
                    new WorkflowDescription(entry.state(), null), entry.after().encode()));
            return taken != null
                    ? taken
                    : CompletableFuture.failedFuture(new IllegalStateException("the listener returned no future"));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        return future.handle((value, error) -> Futures.cause(error)).join();
    }

    private void onTaken(Entry entry, @Nullable Throwable error) {
        if (error != null) {
            finish(lost("the listener failed: " + error, error));
            return;
        }
        synchronized (this) {
            dealtWith = entry.after();
        }
    }
}
