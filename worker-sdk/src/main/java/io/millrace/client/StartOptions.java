package io.millrace.client;

import io.millrace.client.internal.GeneratedId;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Start;
import io.millrace.schemas.TraceContext;
import io.millrace.tracing.internal.TraceContexts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to start a workflow. Begins with its id, which is its idempotency key for as long as the workflow is kept: until then the same id never runs twice. Immutable: each
 * method returns a changed copy.
 *
 * <pre>{@code
 * StartOptions.workflowId("order-17").queue("checkout").timeout(Duration.ofHours(1)).attribute("customer", "17")
 * }</pre>
 */
public final class StartOptions {
    /** A hundred years: longer is a mistake, and the engine's times must not overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final @Nullable String workflowId;
    private final @Nullable String reason;

    /** What is sent, but for type and input; never changed after construction. */
    private final Start start;

    private StartOptions(@Nullable String workflowId, @Nullable String reason, Start start) {
        this.workflowId = workflowId;
        this.reason = reason;
        this.start = start;
    }

    /**
     * A workflow of this id.
     *
     * @param workflowId 1 to {@link Limits#MAX_ID_CHARS} characters
     * @throws LimitExceededException if it is longer
     * @throws IllegalArgumentException if it is blank
     */
    public static StartOptions workflowId(String workflowId) {
        checkName("workflowId", workflowId, Limits.MAX_ID_CHARS);
        return new StartOptions(workflowId, null, blank());
    }

    /** A workflow of a new random id. A start that is repeated with these options is another workflow. */
    public static StartOptions generatedId() {
        return new StartOptions(null, null, blank());
    }

    private static Start blank() {
        return Start.newBuilder().setWorkflowType("").build();
    }

    /** The queue it waits on for a worker; {@code default} unless set. At most {@link Limits#MAX_NAME_CHARS} characters. */
    public StartOptions queue(String queue) {
        checkName("queue", queue, Limits.MAX_NAME_CHARS);
        return with(start -> start.setQueue(queue));
    }

    /** How long it may run, counted from when a worker first has it; then it is {@code TIMED_OUT}. Whole milliseconds. */
    public StartOptions timeout(Duration timeout) {
        long timeoutMs = positiveMs("timeout", timeout);
        return with(start -> start.setTimeoutMs(timeoutMs));
    }

    /**
     * How long it is kept after its end, from {@link Limits#MIN_RETENTION_MS} to {@link Limits#MAX_RETENTION_MS}; as long as the engine is set to
     * unless set here. Then it is purged: nobody finds it any more, and its id may be used afresh. Whole milliseconds.
     *
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public StartOptions retention(Duration retention) {
        if (retention.compareTo(Duration.ofMillis(Limits.MIN_RETENTION_MS)) < 0
                || retention.compareTo(Duration.ofMillis(Limits.MAX_RETENTION_MS)) > 0) {
            throw new IllegalArgumentException("retention must be " + Duration.ofMillis(Limits.MIN_RETENTION_MS)
                    + " to " + Duration.ofMillis(Limits.MAX_RETENTION_MS) + ", not " + retention);
        }
        return with(start -> start.setRetentionMs(retention.toMillis()));
    }

    /** Not to be run before this time has passed. Whole milliseconds. */
    public StartOptions delay(Duration delay) {
        long delayMs = positiveMs("delay", delay);
        return with(start -> start.setDelayMs(delayMs));
    }

    /**
     * A label to search by. All of them together have at most {@link Limits#MAX_ATTRIBUTES_CHARS} characters.
     *
     * @throws LimitExceededException if they have more
     */
    public StartOptions attribute(String key, String value) {
        checkName("attributes", key, Limits.MAX_NAME_CHARS);
        Map<String, String> attributes = new HashMap<>(start.getAttributes());
        attributes.put(key, value);
        long chars = attributes.entrySet().stream()
                .mapToLong(entry ->
                        (long) entry.getKey().length() + entry.getValue().length())
                .sum();
        LimitExceededException.check("attributes", chars, Limits.MAX_ATTRIBUTES_CHARS, "characters");
        return with(start -> start.setAttributes(attributes));
    }

    /** To be run only by workers of this application version. At most {@link Limits#MAX_NAME_CHARS} characters. */
    public StartOptions applicationVersion(String version) {
        checkName("applicationVersion", version, Limits.MAX_NAME_CHARS);
        return with(start -> start.setApplicationVersion(version));
    }

    /**
     * Its place among those that wait on its queue: 1 goes first, and of equal ones who came first. Only on a queue with priorities, where it
     * is {@link Limits#DEFAULT_PRIORITY} unless set.
     *
     * @param priority 1 to {@link Limits#MAX_PRIORITY}
     * @throws IllegalArgumentException if it is not
     */
    public StartOptions priority(int priority) {
        checkPriority(priority);
        return with(start -> start.setPriority(priority));
    }

    /**
     * Of all open workflows of its queue one has this id at most: while another one holds it, the start is refused with a {@link
     * StartRejectedException} that names the holder. It is free again when the holder has ended.
     *
     * @param deduplicationId 1 to {@link Limits#MAX_ID_CHARS} characters
     */
    public StartOptions deduplicationId(String deduplicationId) {
        return deduplicationId(deduplicationId, DeduplicationPolicy.REJECT);
    }

    /**
     * As {@link #deduplicationId(String)}, with what becomes of a start whose deduplication id is held: with {@link
     * DeduplicationPolicy#RETURN_EXISTING} nothing is started, and the handle is of the workflow that holds it.
     */
    public StartOptions deduplicationId(String deduplicationId, DeduplicationPolicy policy) {
        checkName("deduplicationId", deduplicationId, Limits.MAX_ID_CHARS);
        if (policy == DeduplicationPolicy.UNKNOWN) {
            throw new IllegalArgumentException("the policy must be REJECT or RETURN_EXISTING, not UNKNOWN");
        }
        return with(start -> {
            start.setDeduplicationId(deduplicationId);
            start.setDeduplicationPolicy(policy);
        });
    }

    /**
     * Whose work it is, a tenant for example: the keys of a queue take turns, and each has limits of its own. Only on a partitioned queue.
     *
     * @param partitionKey 1 to {@link Limits#MAX_ID_CHARS} characters
     */
    public StartOptions partitionKey(String partitionKey) {
        checkName("partitionKey", partitionKey, Limits.MAX_ID_CHARS);
        return with(start -> start.setPartitionKey(partitionKey));
    }

    /** Why it is started, for its history. At most {@link Limits#MAX_REASON_CHARS} characters. */
    public StartOptions reason(String reason) {
        LimitExceededException.check("reason", reason.length(), Limits.MAX_REASON_CHARS, "characters");
        return new StartOptions(workflowId, reason, start);
    }

    /**
     * The trace that it is started in, where that is not the one that is current in the OpenTelemetry context: for those who have it as two
     * headers. What is no W3C Trace Context is ignored, for tracing never stops work, and a state of more than
     * {@link Limits#MAX_TRACE_STATE_CHARS} characters is left out.
     *
     * @param tracestate null where there is none
     */
    public StartOptions traceContext(@Nullable String traceparent, @Nullable String tracestate) {
        TraceContext trace = TraceContexts.of(traceparent, tracestate);
        return trace == null ? this : with(start -> start.setTrace(trace));
    }

    boolean hasGeneratedId() {
        return workflowId == null;
    }

    /** The id to start with: the given one, or a new one at each call. */
    String idOrGenerated() {
        return workflowId != null ? workflowId : GeneratedId.next();
    }

    /** Its reason, under an id of its own at each start: it is the workflow's id that makes a repeated start safe. */
    CommandOptions command() {
        return reason == null ? CommandOptions.none() : CommandOptions.because(reason);
    }

    /** What to send, to be completed by the caller with type and input. */
    Start toStart() {
        return Start.newBuilder()
                .setWorkflowType(start.getWorkflowType())
                .setInput(start.getInput())
                .setQueue(start.getQueue())
                .setDelayMs(start.getDelayMs())
                .setTimeoutMs(start.getTimeoutMs())
                .setApplicationVersion(start.getApplicationVersion())
                .setAttributes(start.getAttributes())
                .setPriority(start.getPriority())
                .setDeduplicationId(start.getDeduplicationId())
                .setDeduplicationPolicy(start.getDeduplicationPolicy())
                .setPartitionKey(start.getPartitionKey())
                .setTrace(start.getTrace())
                .setRetentionMs(start.getRetentionMs())
                .build();
    }

    private StartOptions with(Consumer<Start> change) {
        Start changed = toStart();
        change.accept(changed);
        return new StartOptions(workflowId, reason, changed);
    }

    static void checkPriority(int priority) {
        if (priority < 1 || priority > Limits.MAX_PRIORITY) {
            throw new IllegalArgumentException("priority must be 1 to " + Limits.MAX_PRIORITY + ", not " + priority);
        }
    }

    static void checkName(String what, String name, int limit) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        LimitExceededException.check(what, name.length(), limit, "characters");
    }

    static long positiveMs(String what, Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be one millisecond to " + LONGEST + ", not " + duration);
        }
        return duration.toMillis();
    }
}
