package io.millrace.engine.machine;

import io.millrace.schemas.CommandReply;
import org.jspecify.annotations.Nullable;

/** Something to tell somebody; it changes no state. */
public sealed interface Message {
    /** The answer to a command. */
    record Reply(CommandReply reply, @Nullable Integer partition) implements Message {}

    /** Tells a worker that an execution is not its own. */
    record Revoke(String workerId, String workflowId, long epoch, String reason) implements Message {}
}
