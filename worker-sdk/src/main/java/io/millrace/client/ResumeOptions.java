package io.millrace.client;

import io.millrace.schemas.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How to resume. Immutable: each method returns a changed copy. */
public final class ResumeOptions {
    private static final ResumeOptions NONE = new ResumeOptions(CommandOptions.none(), null);

    private final CommandOptions command;
    private final @Nullable String queue;

    private ResumeOptions(CommandOptions command, @Nullable String queue) {
        this.command = command;
        this.queue = queue;
    }

    /** Without a reason, on the queue that the workflow was on. */
    public static ResumeOptions none() {
        return NONE;
    }

    /** With a reason; as {@link #reason}. */
    public static ResumeOptions because(String reason) {
        return NONE.reason(reason);
    }

    /** Why, for the workflow's history; as {@link CommandOptions#reason(String)}. */
    public ResumeOptions reason(String reason) {
        return new ResumeOptions(command.reason(reason), queue);
    }

    /** The command's own id; as {@link CommandOptions#commandId(String)}. */
    public ResumeOptions commandId(String commandId) {
        return new ResumeOptions(command.commandId(commandId), queue);
    }

    /** Another queue than the one it was on. At most {@link Limits#MAX_NAME_CHARS} characters. */
    public ResumeOptions queue(String queue) {
        StartOptions.checkName("queue", queue, Limits.MAX_NAME_CHARS);
        return new ResumeOptions(command, queue);
    }

    CommandOptions command() {
        return command;
    }

    Optional<String> queue() {
        return Optional.ofNullable(queue);
    }
}
