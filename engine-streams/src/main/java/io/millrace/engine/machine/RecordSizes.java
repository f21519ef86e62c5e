package io.millrace.engine.machine;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.Payload;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.QueueStatistics;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.TraceContext;
import io.millrace.schemas.WorkflowState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many bytes things take in a record, rather too many than too few. */
public final class RecordSizes {
    /** What a step, a value or a record takes besides its texts and payloads. */
    public static final int FRAME_BYTES = 96;

    /** What the longest name takes. */
    static final int MAX_NAME_BYTES = 5 + 3 * Limits.MAX_NAME_CHARS;

    private RecordSizes() {}

    /** A step. */
    public static int of(RecordedStep step) {
        return FRAME_BYTES
                + of(step.getName())
                + of(step.getOutput())
                + of(step.getFailure())
                + of(step.getChildWorkflowId())
                + of(step.getHeartbeatDetails());
    }

    /** A message. */
    public static int of(MessageReceived message) {
        return FRAME_BYTES
                + of(message.getTopic())
                + of(message.getPayload())
                + of(message.getSender())
                + of(message.getCommandId())
                + of(message.getIdempotencyKey());
    }

    /** A recorded value. */
    public static int of(RecordedValue value) {
        return FRAME_BYTES + of(value.getKind()) + of(value.getValue());
    }

    /** What one partition says of a queue. */
    public static int of(QueueStatistics statistics) {
        QueueSettings settings = statistics.getSettings();
        int ofSettings = settings == null
                ? 0
                : FRAME_BYTES + of(settings.getQueue()) + of(settings.getUpdatedBy()) + of(settings.getDeclared());
        return FRAME_BYTES + of(statistics.getQueue()) + of(statistics.getWaitingFor()) + ofSettings;
    }

    /** A workflow's state. */
    public static int of(WorkflowState state) {
        int names = of(state.getWorkflowId())
                + of(state.getWorkflowType())
                + of(state.getQueue())
                + of(state.getApplicationVersion())
                + of(state.getWorkerId())
                + of(state.getWaitingFor())
                + of(state.getParentWorkflowId())
                + of(state.getForkedFrom())
                + of(state.getDeduplicationId())
                + of(state.getPartitionKey());
        return FRAME_BYTES + names + of(state.getAttributes()) + of(state.getOutput()) + of(state.getFailure());
    }

    /** A failure. */
    public static int of(@Nullable Failure failure) {
        return failure == null ? 0 : of(failure.getType()) + of(failure.getMessage()) + of(failure.getStackTrace());
    }

    /** A text: a character takes up to three bytes in UTF-8, and the length of a text up to five. */
    public static int of(@Nullable String text) {
        return text == null ? 1 : 5 + 3 * text.length();
    }

    /** A place in a trace. */
    public static int of(@Nullable TraceContext trace) {
        return trace == null ? 1 : 1 + of(trace.getTraceparent()) + of(trace.getTracestate());
    }

    /** A payload. */
    public static int of(@Nullable Payload payload) {
        return payload == null ? 0 : payload.getData().remaining() + of(payload.getCodec());
    }

    /** Attributes. */
    public static int of(Map<String, String> attributes) {
        int bytes = 0;
        for (var attribute : attributes.entrySet()) {
            bytes += of(attribute.getKey()) + of(attribute.getValue());
        }
        return bytes;
    }
}
