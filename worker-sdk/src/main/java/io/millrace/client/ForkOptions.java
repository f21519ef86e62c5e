package io.millrace.client;

import io.millrace.schemas.Fork;
import io.millrace.schemas.Limits;
import io.millrace.schemas.NewInput;
import io.millrace.schemas.TraceContext;
import io.millrace.tracing.internal.TraceContexts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to fork a workflow. Begins with the step from which on the copy is to run. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * ForkOptions.from(FromStep.lastFailure()).applicationVersion("1.4.1").reason("1.4 miscounted")
 * }</pre>
 */
public final class ForkOptions {
    /** What is sent, but for a generated id and the input; never changed after construction. */
    private final Fork fork;

    private final CommandOptions command;

    /** Set where the copy has another input than its source. */
    private final @Nullable Input input;

    private record Input(@Nullable Object value) {}

    private ForkOptions(Fork fork, CommandOptions command, @Nullable Input input) {
        this.fork = fork;
        this.command = command;
        this.input = input;
    }

    /** A copy under a random id, on the queue and the application version of its source, with its input and without a timeout. */
    public static ForkOptions from(FromStep from) {
        return new ForkOptions(
                new Fork("", from.toStartPoint(), null, null, null, null, null), CommandOptions.none(), null);
    }

    /**
     * The id of the copy, which must not be taken. A new UUID unless set.
     *
     * @param workflowId 1 to {@link Limits#MAX_ID_CHARS} characters
     */
    public ForkOptions workflowId(String workflowId) {
        StartOptions.checkName("workflowId", workflowId, Limits.MAX_ID_CHARS);
        return with(changed -> changed.setWorkflowId(workflowId));
    }

    /** To be run only by workers of this application version. At most {@link Limits#MAX_NAME_CHARS} characters. */
    public ForkOptions applicationVersion(String version) {
        StartOptions.checkName("applicationVersion", version, Limits.MAX_NAME_CHARS);
        return with(changed -> changed.setApplicationVersion(version));
    }

    /** Its queue. At most {@link Limits#MAX_NAME_CHARS} characters. */
    public ForkOptions queue(String queue) {
        StartOptions.checkName("queue", queue, Limits.MAX_NAME_CHARS);
        return with(changed -> changed.setQueue(queue));
    }

    /** How long the copy may run, counted from when a worker first has it. Whole milliseconds. */
    public ForkOptions timeout(Duration timeout) {
        long timeoutMs = StartOptions.positiveMs("timeout", timeout);
        return with(changed -> changed.setTimeoutMs(timeoutMs));
    }

    /** Another input, which may be null. Only from step 1: the engine rejects it from any other one. */
    public ForkOptions input(@Nullable Object input) {
        return new ForkOptions(fork, command, new Input(input));
    }

    /** Why, for the history of the source and of the copy; as {@link CommandOptions#reason(String)}. */
    public ForkOptions reason(String reason) {
        return new ForkOptions(fork, command.reason(reason), input);
    }

    /** The command's own id; as {@link CommandOptions#commandId(String)}. */
    public ForkOptions commandId(String commandId) {
        return new ForkOptions(fork, command.commandId(commandId), input);
    }

    /** The trace that it is asked for in; as {@link StartOptions#traceContext}. */
    public ForkOptions traceContext(@Nullable String traceparent, @Nullable String tracestate) {
        TraceContext trace = TraceContexts.of(traceparent, tracestate);
        return trace == null ? this : with(changed -> changed.setTrace(trace));
    }

    CommandOptions command() {
        return command;
    }

    /** The id that the copy is to have, where it was given. */
    Optional<String> workflowId() {
        return fork.getWorkflowId().isEmpty() ? Optional.empty() : Optional.of(fork.getWorkflowId());
    }

    /** What to send, but for a generated id: a copy. */
    Fork toFork(Payloads payloads) {
        Fork copy = copy();
        copy.setNewInput(input == null ? null : new NewInput(payloads.encode("input", input.value())));
        return copy;
    }

    private ForkOptions with(Consumer<Fork> change) {
        Fork changed = copy();
        change.accept(changed);
        return new ForkOptions(changed, command, input);
    }

    private Fork copy() {
        return copyUnder(fork.getWorkflowId(), fork);
    }

    /** The same fork under another id. */
    static Fork copyUnder(String workflowId, Fork fork) {
        return new Fork(
                workflowId,
                fork.getFrom(),
                fork.getApplicationVersion(),
                fork.getQueue(),
                fork.getTimeoutMs(),
                fork.getNewInput(),
                fork.getTrace());
    }
}
