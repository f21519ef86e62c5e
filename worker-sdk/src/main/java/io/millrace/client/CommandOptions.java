package io.millrace.client;

import io.millrace.client.internal.GeneratedId;
import io.millrace.schemas.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every command can carry: why it is given, and its id. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * CommandOptions.because("the shop is closed").commandId("close-shop-17")
 * }</pre>
 */
public final class CommandOptions {
    private static final CommandOptions NONE = new CommandOptions(null, null);

    private final @Nullable String reason;
    private final @Nullable String commandId;

    private CommandOptions(@Nullable String reason, @Nullable String commandId) {
        this.reason = reason;
        this.commandId = commandId;
    }

    /** Without a reason, under a random id. */
    public static CommandOptions none() {
        return NONE;
    }

    /** With a reason; as {@link #reason(String)}. */
    public static CommandOptions because(String reason) {
        return NONE.reason(reason);
    }

    /**
     * Why, for the workflow's history.
     *
     * @param reason at most {@link Limits#MAX_REASON_CHARS} characters
     * @throws LimitExceededException if it has more
     */
    public CommandOptions reason(String reason) {
        LimitExceededException.check("reason", reason.length(), Limits.MAX_REASON_CHARS, "characters");
        return new CommandOptions(reason, commandId);
    }

    /**
     * The command's own id: given again for the same workflow, it has no second effect and gets the same answer. A new UUID for each
     * call unless set.
     *
     * @param commandId 1 to {@link Limits#MAX_ID_CHARS} characters
     * @throws LimitExceededException if it is longer
     * @throws IllegalArgumentException if it is blank
     */
    public CommandOptions commandId(String commandId) {
        StartOptions.checkName("commandId", commandId, Limits.MAX_ID_CHARS);
        return new CommandOptions(reason, commandId);
    }

    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    Optional<String> commandId() {
        return Optional.ofNullable(commandId);
    }

    /** The given id, or a new one at each call. */
    String idOrGenerated() {
        return commandId != null ? commandId : GeneratedId.next();
    }
}
