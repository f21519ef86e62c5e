package io.millrace.client;

/** The engine refused the settings of a queue, and nothing has changed. Trying the same again does not help. */
public final class QueueRejectedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String queue;
    private final String reason;

    /** Which queue it was, and the engine's reason. */
    public QueueRejectedException(String queue, String reason) {
        super("the settings of queue \"" + queue + "\" were rejected: " + reason);
        this.queue = queue;
        this.reason = reason;
    }

    /** The queue that was to be set. */
    public String queue() {
        return queue;
    }

    /** Why, in words a person understands. */
    public String reason() {
        return reason;
    }
}
