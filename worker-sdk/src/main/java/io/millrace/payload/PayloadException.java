package io.millrace.payload;

/** A value could not be turned into a payload, or a payload not into a value. Trying again does not help. */
public final class PayloadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What could not be converted, and why. */
    public PayloadException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What could not be converted, and why. */
    public PayloadException(String message) {
        super(message);
    }
}
