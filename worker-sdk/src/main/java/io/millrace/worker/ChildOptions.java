package io.millrace.worker;

import io.millrace.schemas.ParentClosePolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a child is started. Immutable.
 *
 * <p>Unless said otherwise: an id made of the parent's and the step's number, the parent's queue and application version, no timeout but the
 * parent's deadline, and it is cancelled if it is open when its parent ends.
 */
public final class ChildOptions {
    /** Everything by default. */
    public static final ChildOptions DEFAULT =
            new ChildOptions(null, null, null, null, ParentClosePolicy.CANCEL, Map.of());

    private final @Nullable String workflowId;
    private final @Nullable String queue;
    private final @Nullable String applicationVersion;
    private final @Nullable Duration timeout;
    private final ParentClosePolicy closePolicy;
    private final Map<String, String> attributes;

    private ChildOptions(
            @Nullable String workflowId,
            @Nullable String queue,
            @Nullable String applicationVersion,
            @Nullable Duration timeout,
            ParentClosePolicy closePolicy,
            Map<String, String> attributes) {
        this.workflowId = workflowId;
        this.queue = queue;
        this.applicationVersion = applicationVersion;
        this.timeout = timeout;
        this.closePolicy = closePolicy;
        this.attributes = Map.copyOf(attributes);
    }

    /** An id of the caller's own, which must be the same whenever the code is run; where it is taken the child is not started. */
    public ChildOptions workflowId(String id) {
        return new ChildOptions(id, queue, applicationVersion, timeout, closePolicy, attributes);
    }

    /** The queue that it waits in. */
    public ChildOptions queue(String name) {
        return new ChildOptions(workflowId, name, applicationVersion, timeout, closePolicy, attributes);
    }

    /** Runs only on workers of this version. */
    public ChildOptions applicationVersion(String version) {
        return new ChildOptions(workflowId, queue, version, timeout, closePolicy, attributes);
    }

    /** Its own timeout, from when it is first run; more than zero. */
    public ChildOptions timeout(Duration longest) {
        return new ChildOptions(workflowId, queue, applicationVersion, longest, closePolicy, attributes);
    }

    /** What becomes of it if it is open when its parent ends: CANCEL, TERMINATE or ABANDON. */
    public ChildOptions whenParentCloses(ParentClosePolicy policy) {
        return new ChildOptions(workflowId, queue, applicationVersion, timeout, policy, attributes);
    }

    /** Labels to search by. */
    public ChildOptions attributes(Map<String, String> labels) {
        return new ChildOptions(workflowId, queue, applicationVersion, timeout, closePolicy, labels);
    }

    /** See {@link #workflowId(String)}. */
    public Optional<String> workflowId() {
        return Optional.ofNullable(workflowId);
    }

    /** See {@link #queue(String)}. */
    public Optional<String> queue() {
        return Optional.ofNullable(queue);
    }

    /** See {@link #applicationVersion(String)}. */
    public Optional<String> applicationVersion() {
        return Optional.ofNullable(applicationVersion);
    }

    /** See {@link #timeout(Duration)}. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** See {@link #whenParentCloses(ParentClosePolicy)}. */
    public ParentClosePolicy closePolicy() {
        return closePolicy;
    }

    /** See {@link #attributes(Map)}. */
    public Map<String, String> attributes() {
        return attributes;
    }
}
