package io.millrace.schemas;

import org.jspecify.annotations.Nullable;

/**
 * How the end of a child that is not {@code COMPLETED} stands on its parent's record: as the {@link Failure} of the CHILD step. The
 * type is {@code io.millrace.child.} and the child's status, UNKNOWN where it could not be started; the message is the type and the
 * message of what failed the child, with a colon and a space between them, or empty where nothing did. The engine writes it, and
 * workers and those who show a workflow read it.
 */
public final class ChildFailures {
    private static final String TYPE_PREFIX = "io.millrace.child.";
    private static final String SEPARATOR = ": ";

    private ChildFailures() {}

    /**
     * The failure of the step.
     *
     * @param status the child's last status; UNKNOWN where it could not be started
     * @param cause what failed the child; null where nothing did
     */
    public static Failure of(WorkflowStatus status, @Nullable Failure cause) {
        String message = cause == null ? "" : shorten(cause.getType() + SEPARATOR + cause.getMessage());
        return new Failure(TYPE_PREFIX + status, message, null);
    }

    /** The child's status; UNKNOWN where it could not be started, where a newer engine knows another one, and for other failures. */
    public static WorkflowStatus statusOf(Failure failure) {
        if (!failure.getType().startsWith(TYPE_PREFIX)) {
            return WorkflowStatus.UNKNOWN;
        }
        String name = failure.getType().substring(TYPE_PREFIX.length());
        for (WorkflowStatus status : WorkflowStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        return WorkflowStatus.UNKNOWN;
    }

    /** The class name of what failed the child; empty where nothing did. */
    public static String causeTypeOf(Failure failure) {
        int separator = failure.getMessage().indexOf(SEPARATOR);
        return separator < 0 ? "" : failure.getMessage().substring(0, separator);
    }

    /** The message of what failed the child; empty where there is none. */
    public static String causeMessageOf(Failure failure) {
        int separator = failure.getMessage().indexOf(SEPARATOR);
        return separator < 0 ? failure.getMessage() : failure.getMessage().substring(separator + SEPARATOR.length());
    }

    /** A message at its limit must not grow beyond it at every parent that it goes through; it says so where it is shortened. */
    private static String shorten(String message) {
        int limit = Limits.MAX_FAILURE_MESSAGE_CHARS;
        if (message.length() <= limit) {
            return message;
        }
        String note = "... (shortened from " + message.length() + " characters to the limit of " + limit + ")";
        return message.substring(0, limit - note.length()) + note;
    }
}
