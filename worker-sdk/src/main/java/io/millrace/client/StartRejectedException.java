package io.millrace.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engine refused to start the workflow, and nothing was started. Trying the same again does not help, unless another workflow {@linkplain
 * #holder() holds} its deduplication id, which is free when that one has ended.
 */
public final class StartRejectedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String workflowId;
    private final String reason;
    private final @Nullable String holder;

    /** Which start was refused, and the engine's reason. */
    public StartRejectedException(String workflowId, String reason) {
        this(workflowId, reason, null);
    }

    /** Which start was refused, the engine's reason, and the workflow that holds the deduplication id where that is it. */
    public StartRejectedException(String workflowId, String reason, @Nullable String holder) {
        super("workflow \"" + workflowId + "\" was not started: " + reason);
        this.workflowId = workflowId;
        this.reason = reason;
        this.holder = holder;
    }

    /** The id that the workflow was to have. */
    public String workflowId() {
        return workflowId;
    }

    /** Why, in words a person understands. */
    public String reason() {
        return reason;
    }

    /** The open workflow that holds the deduplication id, where that is why. */
    public Optional<String> holder() {
        return Optional.ofNullable(holder);
    }
}
