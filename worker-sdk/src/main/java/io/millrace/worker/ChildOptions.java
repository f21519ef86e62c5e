package io.millrace.worker;

import io.millrace.schemas.Limits;
import io.millrace.schemas.ParentClosePolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a child is started. Immutable: each method with an argument returns a changed copy.
 *
 * <p>Unless said otherwise: an id made of the parent's and the step's number, the parent's queue and application version, no timeout but the
 * parent's deadline, and it is cancelled if it is open when its parent ends. What a start has by its place in a queue (priority, partition key,
 * deduplication id) it does not have of its parent.
 *
 * <pre>{@code
 * ChildOptions.DEFAULT.queue("reports").partitionKey(customer).priority(10)
 * }</pre>
 */
public final class ChildOptions {
    /** Everything by default. */
    public static final ChildOptions DEFAULT = new ChildOptions(new Values());

    /** Never changed after construction. */
    private final Values values;

    private static final class Values implements Cloneable {
        private @Nullable String workflowId;
        private @Nullable String queue;
        private @Nullable String applicationVersion;
        private @Nullable Duration delay;
        private @Nullable Duration timeout;
        private @Nullable Integer priority;
        private @Nullable String deduplicationId;
        private @Nullable String partitionKey;
        private ParentClosePolicy closePolicy = ParentClosePolicy.CANCEL;
        private Map<String, String> attributes = Map.of();

        @Override
        public Values clone() {
            try {
                return (Values) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private ChildOptions(Values values) {
        this.values = values;
    }

    private ChildOptions with(Consumer<Values> change) {
        Values changed = values.clone();
        change.accept(changed);
        return new ChildOptions(changed);
    }

    /** An id of the caller's own, which must be the same whenever the code is run; where it is taken the child is not started. */
    public ChildOptions workflowId(String id) {
        return with(changed -> changed.workflowId = id);
    }

    /**
     * The queue that it waits in. A parent on a queue with a limited concurrency holds its place there while it waits for its children, so on
     * the same queue they may wait for each other for ever.
     */
    public ChildOptions queue(String name) {
        return with(changed -> changed.queue = name);
    }

    /** Runs only on workers of this version. */
    public ChildOptions applicationVersion(String version) {
        return with(changed -> changed.applicationVersion = version);
    }

    /** Not to be run before this time has passed; more than zero. */
    public ChildOptions delay(Duration length) {
        return with(changed -> changed.delay = length);
    }

    /** Its own timeout, from when it is first run; more than zero. */
    public ChildOptions timeout(Duration longest) {
        return with(changed -> changed.timeout = longest);
    }

    /**
     * Its place among those that wait: 1 goes first, and of equal ones who came first; {@link Limits#DEFAULT_PRIORITY} where it is not set. 1 to
     * {@link Limits#MAX_PRIORITY}. On a queue without priorities the child is not started.
     */
    public ChildOptions priority(int place) {
        return with(changed -> changed.priority = place);
    }

    /** Of all open workflows of the queue only one has this id; where it is held the child is not started. */
    public ChildOptions deduplicationId(String id) {
        return with(changed -> changed.deduplicationId = id);
    }

    /**
     * Whose work it is: keys take turns, and each has limits of its own. At most {@link Limits#MAX_ID_CHARS} characters. On a queue that is not
     * partitioned the child is not started.
     */
    public ChildOptions partitionKey(String key) {
        return with(changed -> changed.partitionKey = key);
    }

    /** What becomes of it if it is open when its parent ends: CANCEL, TERMINATE or ABANDON. */
    public ChildOptions whenParentCloses(ParentClosePolicy policy) {
        return with(changed -> changed.closePolicy = policy);
    }

    /** Labels to search by. */
    public ChildOptions attributes(Map<String, String> labels) {
        Map<String, String> copy = Map.copyOf(labels);
        return with(changed -> changed.attributes = copy);
    }

    /** See {@link #workflowId(String)}. */
    public Optional<String> workflowId() {
        return Optional.ofNullable(values.workflowId);
    }

    /** See {@link #queue(String)}. */
    public Optional<String> queue() {
        return Optional.ofNullable(values.queue);
    }

    /** See {@link #applicationVersion(String)}. */
    public Optional<String> applicationVersion() {
        return Optional.ofNullable(values.applicationVersion);
    }

    /** See {@link #delay(Duration)}. */
    public Optional<Duration> delay() {
        return Optional.ofNullable(values.delay);
    }

    /** See {@link #timeout(Duration)}. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(values.timeout);
    }

    /** See {@link #priority(int)}. */
    public OptionalInt priority() {
        return values.priority == null ? OptionalInt.empty() : OptionalInt.of(values.priority);
    }

    /** See {@link #deduplicationId(String)}. */
    public Optional<String> deduplicationId() {
        return Optional.ofNullable(values.deduplicationId);
    }

    /** See {@link #partitionKey(String)}. */
    public Optional<String> partitionKey() {
        return Optional.ofNullable(values.partitionKey);
    }

    /** See {@link #whenParentCloses(ParentClosePolicy)}. */
    public ParentClosePolicy closePolicy() {
        return values.closePolicy;
    }

    /** See {@link #attributes(Map)}. */
    public Map<String, String> attributes() {
        return values.attributes;
    }
}
