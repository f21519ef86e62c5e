package io.millrace.client;

import org.jspecify.annotations.Nullable;

/** What the client throws when the engine or the workflow says no; each reason has its own subclass. */
public class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, in a sentence that says what to do where something can be done. */
    public MillraceException(String message) {
        super(message);
    }

    /** The same, with what caused it. */
    public MillraceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
