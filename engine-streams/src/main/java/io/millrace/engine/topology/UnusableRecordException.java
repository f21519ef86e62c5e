package io.millrace.engine.topology;

/** A record that the engine cannot take. Nothing has been changed yet; the record goes to the dead letters with this message. */
public final class UnusableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the record. */
    public UnusableRecordException(String message) {
        super(message);
    }

    /** Says what is wrong with the record. */
    public UnusableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
