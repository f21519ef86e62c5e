package io.millrace.worker.internal.execution;

import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepKind;
import io.millrace.worker.ChildOptions;
import io.millrace.worker.internal.replay.StepDecision;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** See {@link io.millrace.worker.Children}. For the workflow's thread alone. */
final class ChildSteps {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Execution execution;
    private final CodeProgress progress;
    private final OutsideSteps outside;
    private final Assignment parent;

    ChildSteps(Execution execution, CodeProgress progress, OutsideSteps outside, Assignment parent) {
        this.execution = execution;
        this.progress = progress;
        this.outside = outside;
        this.parent = parent;
    }

    /** A child that has been called. */
    record Called(int seq, String workflowId, @Nullable RecordedStep end, boolean cancelled) {}

    /**
     * See {@link io.millrace.worker.Children#child}. All that can be refused is, in every run of the code alike, before the step takes its
     * number.
     */
    Called call(String workflowType, @Nullable Object input, ChildOptions options) {
        progress.requireOwnCode("started child \"" + workflowType + "\"");
        if (progress.cancel().shielded()) {
            throw new IllegalStateException("child \"" + workflowType
                    + "\" cannot be started in a shielded scope: the cancel of its parent would not reach it");
        }
        Start start = start(workflowType, input, options);
        ParentClosePolicy closePolicy = closePolicy(options);
        String workflowId = idOf(options);
        outside.requireRoom(workflowType, StepKind.CHILD);
        StepDecision decision = progress.callChild(workflowType);
        if (decision instanceof StepDecision.Go go) {
            return goOn(go, workflowId, start, closePolicy);
        }
        if (decision instanceof StepDecision.Return known) {
            return new Called(known.seq(), known.recorded().getChildWorkflowId(), known.recorded(), false);
        }
        if (decision instanceof StepDecision.Throw known) {
            return new Called(known.seq(), known.recorded().getChildWorkflowId(), known.recorded(), false);
        }
        return new Called(progress.journal().called(), workflowId, null, true);
    }

    private Called goOn(StepDecision.Go go, String workflowId, Start start, ParentClosePolicy closePolicy) {
        outside.childIsOpen(go.seq());
        if (go.recorded() != null) {
            return new Called(go.seq(), go.recorded().getChildWorkflowId(), null, false);
        }
        start.setTrace(execution.trace().startChild(start.getWorkflowType(), workflowId, go.seq()));
        long nowMs = execution.host().environment().clock().wallMs();
        execution.reportAtOnce(Facts.of(new ChildStarted(go.seq(), workflowId, start, closePolicy, nowMs)));
        return new Called(go.seq(), workflowId, null, false);
    }

    /** Made of the parent's and the step's number, and of the parent's run, in which the same step may begin another child. */
    private String idOf(ChildOptions options) {
        String given = options.workflowId().orElse(null);
        if (given != null) {
            Names.requireId("a workflow id", given, Limits.MAX_ID_CHARS);
            return given;
        }
        String made = execution.name().workflowId() + "/" + (progress.journal().called() + 1)
                + (parent.run() == 0 ? "" : "." + parent.run());
        // A fork has a longer id than its source, maybe, but children of the source's that are on record keep theirs.
        if (!progress.journal().nextIs(StepKind.CHILD)) {
            Names.requireId("the id \"" + made + "\" of a child that is given none", made, Limits.MAX_ID_CHARS);
        }
        return made;
    }

    private Start start(String workflowType, @Nullable Object input, ChildOptions options) {
        Names.requireId("a workflow type", workflowType, Limits.MAX_NAME_CHARS);
        options.queue().ifPresent(name -> Names.requireId("a queue", name, Limits.MAX_NAME_CHARS));
        options.applicationVersion()
                .ifPresent(name -> Names.requireId("an application version", name, Limits.MAX_NAME_CHARS));
        options.deduplicationId().ifPresent(id -> Names.requireId("a deduplication id", id, Limits.MAX_ID_CHARS));
        options.partitionKey().ifPresent(key -> Names.requireId("a partition key", key, Limits.MAX_ID_CHARS));
        requireShort(options.attributes());
        return Start.newBuilder()
                .setWorkflowType(workflowType)
                .setInput(execution.host().payloads().encode(input, "the input of child \"" + workflowType + "\""))
                .setQueue(options.queue().orElse(parent.queue()))
                .setDelayMs(options.delay()
                        .map(delay -> milliseconds("delay", delay))
                        .orElse(null))
                .setTimeoutMs(options.timeout()
                        .map(timeout -> milliseconds("timeout", timeout))
                        .orElse(null))
                .setApplicationVersion(options.applicationVersion().orElse(parent.applicationVersion()))
                .setAttributes(options.attributes())
                .setPriority(priority(options))
                .setDeduplicationId(options.deduplicationId().orElse(null))
                .setPartitionKey(options.partitionKey().orElse(null))
                .build();
    }

    private static Long milliseconds(String what, Duration length) {
        if (length.compareTo(Duration.ofMillis(1)) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the " + what + " of a child must be 1 ms to " + LONGEST + ", and is " + length);
        }
        return length.toMillis();
    }

    private static @Nullable Integer priority(ChildOptions options) {
        if (options.priority().isEmpty()) {
            return null;
        }
        int priority = options.priority().getAsInt();
        if (priority < 1 || priority > Limits.MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "the priority of a child must be 1 to " + Limits.MAX_PRIORITY + ", and is " + priority);
        }
        return priority;
    }

    private static ParentClosePolicy closePolicy(ChildOptions options) {
        if (options.closePolicy() == ParentClosePolicy.UNKNOWN) {
            throw new IllegalArgumentException("a child is cancelled, terminated or abandoned when its parent closes");
        }
        return options.closePolicy();
    }

    private static void requireShort(Map<String, String> attributes) {
        long chars = attributes.entrySet().stream()
                .mapToLong(label ->
                        (long) label.getKey().length() + label.getValue().length())
                .sum();
        if (chars > Limits.MAX_ATTRIBUTES_CHARS) {
            throw new IllegalArgumentException("the attributes of a child have " + chars
                    + " characters, and the limit is " + Limits.MAX_ATTRIBUTES_CHARS);
        }
    }
}
