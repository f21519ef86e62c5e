package io.millrace.client;

import io.millrace.schemas.Limits;
import io.millrace.schemas.MoveToQueue;
import org.jspecify.annotations.Nullable;

/**
 * How to move a workflow to another queue. Nothing is kept of what it had on the queue that it leaves. Immutable: each method returns a changed
 * copy.
 */
public final class MoveOptions {
    private static final MoveOptions NONE = new MoveOptions(CommandOptions.none(), null, null);

    private final CommandOptions command;
    private final @Nullable Integer priority;
    private final @Nullable String partitionKey;

    private MoveOptions(CommandOptions command, @Nullable Integer priority, @Nullable String partitionKey) {
        this.command = command;
        this.priority = priority;
        this.partitionKey = partitionKey;
    }

    /** Without a reason, priority and partition key. */
    public static MoveOptions none() {
        return NONE;
    }

    /** With a reason; as {@link #reason}. */
    public static MoveOptions because(String reason) {
        return NONE.reason(reason);
    }

    /** Why, for the workflow's history; as {@link CommandOptions#reason(String)}. */
    public MoveOptions reason(String reason) {
        return new MoveOptions(command.reason(reason), priority, partitionKey);
    }

    /** The command's own id; as {@link CommandOptions#commandId(String)}. */
    public MoveOptions commandId(String commandId) {
        return new MoveOptions(command.commandId(commandId), priority, partitionKey);
    }

    /** Its priority on the other queue; as {@link StartOptions#priority(int)}. */
    public MoveOptions priority(int priority) {
        StartOptions.checkPriority(priority);
        return new MoveOptions(command, priority, partitionKey);
    }

    /** Its partition key on the other queue; as {@link StartOptions#partitionKey(String)}. */
    public MoveOptions partitionKey(String partitionKey) {
        StartOptions.checkName("partitionKey", partitionKey, Limits.MAX_ID_CHARS);
        return new MoveOptions(command, priority, partitionKey);
    }

    CommandOptions command() {
        return command;
    }

    /** What is sent. */
    MoveToQueue toMove(String queue) {
        return new MoveToQueue(queue, priority, partitionKey);
    }
}
