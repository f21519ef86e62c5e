package io.millrace.client;

import org.jspecify.annotations.Nullable;

/**
 * Kafka or the engine did not answer in time. Trying again may help.
 *
 * <p>A command may still take effect when an engine runs again. Starting again with the same workflow id is safe: at most one
 * workflow comes of it.
 */
public final class EngineUnavailableException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /** What did not answer, and what to check. */
    public EngineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
