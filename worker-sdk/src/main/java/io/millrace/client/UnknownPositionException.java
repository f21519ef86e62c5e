package io.millrace.client;

/**
 * A position is of another log of statuses than the one that is there, or beyond its end: of another cluster or namespace, or from before
 * its topics were made anew. What has changed since cannot be told: look at the workflows as they are, and follow changes from now on.
 */
public final class UnknownPositionException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /** Why there is no such position. */
    public UnknownPositionException(String why) {
        super(why + ". Follow changes from now on, without a position, and then look at the workflows as they are");
    }
}
