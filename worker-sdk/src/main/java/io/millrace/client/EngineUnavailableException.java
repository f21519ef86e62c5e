package io.millrace.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kafka or the engine did not answer in time. Trying again may help.
 *
 * <p>A command may still take effect when an engine runs again. Giving it again with the same command id is safe: it has one effect and
 * one answer. The message names that id, and {@link #commandId()} has it. Starting again with the same workflow id is safe too: at most
 * one workflow comes of it.
 */
public final class EngineUnavailableException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String commandId;

    /** What did not answer, and what to check. */
    public EngineUnavailableException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    private EngineUnavailableException(String message, @Nullable Throwable cause, @Nullable String commandId) {
        super(message, cause);
        this.commandId = commandId;
    }

    /** The same of a command, which may be given again. */
    EngineUnavailableException ofCommand(String commandId) {
        String again = " (the command \"" + commandId
                + "\" may still take effect; giving it again with this command id is safe)";
        return new EngineUnavailableException(getMessage() + again, this, commandId);
    }

    /** The id of the command that was not answered, to be given again; empty where it was a query or a start. */
    public Optional<String> commandId() {
        return Optional.ofNullable(commandId);
    }
}
