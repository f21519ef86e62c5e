package io.millrace.worker.internal.execution;

import io.millrace.schemas.Limits;
import io.millrace.schemas.MessageSent;
import io.millrace.schemas.Payload;
import io.millrace.schemas.ReceiveSeen;
import io.millrace.schemas.ReceiveStarted;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.ValueSet;
import io.millrace.worker.MessageRejectedException;
import io.millrace.worker.StepFailedException;
import io.millrace.worker.internal.replay.StepDecision;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** See {@link io.millrace.worker.Messages}. For the workflow's thread alone. */
final class MessageSteps {
    private static final Duration LONGEST_WAIT = Duration.ofDays(36_525);

    private final Execution execution;
    private final CodeProgress progress;
    private final OutsideSteps outside;

    MessageSteps(Execution execution, CodeProgress progress, OutsideSteps outside) {
        this.execution = execution;
        this.progress = progress;
        this.outside = outside;
    }

    /** See {@link io.millrace.worker.Messages#receiveOrNull}. */
    @SuppressWarnings("unchecked")
    <T> @Nullable T receive(String topic, Type type, @Nullable Duration timeout) {
        Names.requireLength("a topic", topic, Limits.MAX_NAME_CHARS);
        if (timeout != null && (timeout.isNegative() || timeout.compareTo(LONGEST_WAIT) > 0)) {
            throw new IllegalArgumentException(
                    "a wait for a message must be between 0 and " + LONGEST_WAIT + ", and is " + timeout);
        }
        RecordedStep end = outside.callAndAwait(topic, StepKind.RECEIVE, (seq, startedAtMs) -> {
            Long dueAtMs = timeout == null ? null : startedAtMs + timeout.toMillis();
            ReceiveStarted fact = new ReceiveStarted(seq, topic, startedAtMs, dueAtMs);
            return new OutsideSteps.Begun(Facts.of(fact), dueAtMs == null ? OutsideSteps.NEVER : dueAtMs);
        });
        return (T) execution.host().payloads().decode(messageOf(end), type);
    }

    private @Nullable Payload messageOf(RecordedStep end) {
        if (end.getUnconfirmedMessage() != null) {
            // Before anything that follows from it: should the record have it otherwise, all of that is refused.
            execution.report(Facts.of(new ReceiveSeen(end.getSeq(), end.getUnconfirmedMessage())));
        }
        if (end.getStatus() == StepStatus.FAILED) {
            // No engine says this today. None in time and none at all are not the same.
            throw progress.show(
                    new StepFailedException(
                            end.getName(),
                            end.getSeq(),
                            1,
                            end.getFailure().getType(),
                            end.getFailure().getMessage()),
                    end.getSeq());
        }
        return end.getOutput();
    }

    /** See {@link io.millrace.worker.Messages#send}. */
    void send(String workflowId, String topic, Object message) {
        Names.requireId("a workflow id", workflowId, Limits.MAX_ID_CHARS);
        Names.requireLength("a topic", topic, Limits.MAX_NAME_CHARS);
        Objects.requireNonNull(message, "a message is not null");
        Payload payload = execution.host().payloads().encode(message, "the message on topic \"" + topic + "\"");
        RecordedStep end = outside.callAndAwait(topic, StepKind.SEND, (seq, startedAtMs) -> {
            MessageSent fact = new MessageSent(seq, workflowId, topic, payload, startedAtMs);
            return new OutsideSteps.Begun(Facts.of(fact), OutsideSteps.NEVER);
        });
        if (end.getStatus() == StepStatus.FAILED) {
            throw progress.show(
                    new MessageRejectedException(workflowId, end.getFailure().getMessage()), end.getSeq());
        }
    }

    /** See {@link io.millrace.worker.Messages#setValue}. */
    void setValue(String key, @Nullable Object value) {
        Names.requireLength("a key", key, Limits.MAX_NAME_CHARS);
        Payload payload = execution.host().payloads().encode(value, "the value \"" + key + "\"");
        if (progress.call(key, StepKind.SET_VALUE) instanceof StepDecision.Go go) {
            long atMs = execution.host().environment().clock().wallMs();
            execution.trace().began(StepKind.SET_VALUE, key, go.seq());
            execution.report(Facts.of(new ValueSet(go.seq(), key, payload, atMs)));
        }
    }
}
