package io.millrace.client;

import java.util.concurrent.CompletableFuture;

/**
 * A listener's subscription to the changes of workflows, until it is closed or ends by itself. Thread-safe.
 *
 * @see MillraceClient#statusChanges
 */
public final class StatusSubscription implements AutoCloseable {
    private final ChangeBuffer buffer;
    private final StatusFollowing following;

    StatusSubscription(ChangeBuffer buffer, StatusFollowing following) {
        this.buffer = buffer;
        this.following = following;
        buffer.ended().whenComplete((closed, error) -> following.close());
        buffer.begin(following.position());
    }

    /**
     * Where to go on later: the listener has dealt with all changes up to here. It moves on also where nothing comes that the filter lets
     * through, so whoever comes back after a long time by this position has less to catch up on than by that of the last change.
     */
    public String position() {
        // In this order: what is offered after the first look must not count as dealt with.
        StatusPosition read = following.position();
        return buffer.position(read).encode();
    }

    /**
     * The end of the subscription: completes normally when it was closed; exceptionally with {@link SubscriptionEndedException} when the
     * listener was too slow or failed, or changes could not be read; with {@link UnknownPositionException} when the log of statuses was
     * replaced; with {@link MillraceException} when the client was closed.
     */
    public CompletableFuture<Void> ended() {
        return buffer.ended().copy();
    }

    /** Ends it. A call of the listener that is under way goes on; none follows. */
    @Override
    public void close() {
        buffer.close();
        following.close();
    }
}
