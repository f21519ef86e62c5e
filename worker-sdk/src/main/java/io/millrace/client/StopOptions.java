package io.millrace.client;

/** How to cancel or to terminate. Immutable: each method returns a changed copy. */
public final class StopOptions {
    private static final StopOptions NONE = new StopOptions(CommandOptions.none(), true);

    private final CommandOptions command;
    private final boolean cascade;

    private StopOptions(CommandOptions command, boolean cascade) {
        this.command = command;
        this.cascade = cascade;
    }

    /** Without a reason, and with its children, each as its parent close policy says. */
    public static StopOptions none() {
        return NONE;
    }

    /** With a reason; as {@link #reason}. */
    public static StopOptions because(String reason) {
        return NONE.reason(reason);
    }

    /** Why, for the workflow's history; as {@link CommandOptions#reason(String)}. */
    public StopOptions reason(String reason) {
        return new StopOptions(command.reason(reason), cascade);
    }

    /** The command's own id; as {@link CommandOptions#commandId(String)}. */
    public StopOptions commandId(String commandId) {
        return new StopOptions(command.commandId(commandId), cascade);
    }

    /** Leaves its children alone: they go on by themselves. */
    public StopOptions withoutChildren() {
        return new StopOptions(command, false);
    }

    CommandOptions command() {
        return command;
    }

    boolean cascade() {
        return cascade;
    }
}
