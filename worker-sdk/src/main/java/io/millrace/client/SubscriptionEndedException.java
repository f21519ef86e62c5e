package io.millrace.client;

import org.jspecify.annotations.Nullable;

/** A subscription to status changes has ended by itself. Subscribing again after {@link #position()} misses nothing. */
public final class SubscriptionEndedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String position;

    SubscriptionEndedException(String why, String position, @Nullable Throwable cause) {
        super(why + ". Subscribe again after position \"" + position + "\" to miss nothing", cause);
        this.position = position;
    }

    /** Where to go on: all changes up to here have been dealt with. */
    public String position() {
        return position;
    }
}
