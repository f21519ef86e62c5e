package io.millrace.engine.topology;

import io.millrace.engine.machine.Journal;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a grant together, in as many parts as its history takes: no record is larger than Kafka lets through. */
final class Grants {
    /** What a step, a value or a grant takes besides its texts and payloads, generously, in bytes. */
    private static final int FRAME_BYTES = 96;

    private Grants() {}

    static List<Grant> parts(StoredWorkflow workflow, Journal journal, int partition) {
        List<Grant> parts = new ArrayList<>();
        Grant part = first(workflow, journal, partition);
        int bytes = FRAME_BYTES + size(journal.input()) + attributesSize(part.getAttributes());
        parts.add(part);
        for (RecordedValue value : journal.values()) {
            if (bytes > Limits.GRANT_PART_BYTES) {
                part = next(part, parts);
                bytes = FRAME_BYTES;
            }
            part.getValues().add(value);
            bytes += FRAME_BYTES + size(value.getKind()) + size(value.getValue());
        }
        for (RecordedStep step : journal.steps()) {
            int stepBytes = size(step);
            if (bytes + stepBytes > Limits.GRANT_PART_BYTES && bytes > FRAME_BYTES) {
                part = next(part, parts);
                bytes = FRAME_BYTES;
            }
            part.getSteps().add(step);
            bytes += stepBytes;
        }
        for (Grant each : parts) {
            each.setParts(parts.size());
        }
        return parts;
    }

    private static Grant first(StoredWorkflow workflow, Journal journal, int partition) {
        var state = workflow.getState();
        Grant grant = new Grant();
        grant.setWorkflowId(state.getWorkflowId());
        grant.setEpoch(state.getEpoch());
        grant.setPartition(partition);
        grant.setNumber(workflow.getGrantNumber());
        grant.setPart(1);
        grant.setWorkflowType(state.getWorkflowType());
        grant.setQueue(state.getQueue());
        grant.setInput(journal.input());
        grant.setAttributes(state.getAttributes());
        grant.setApplicationVersion(state.getApplicationVersion());
        grant.setCreatedAtMs(state.getCreatedAtMs());
        grant.setDeadlineMs(state.getDeadlineMs());
        grant.setRecoveryAttempts(state.getRecoveryAttempts());
        grant.setSteps(new ArrayList<>());
        grant.setValues(new ArrayList<>());
        return grant;
    }

    private static Grant next(Grant before, List<Grant> parts) {
        Grant grant = new Grant();
        grant.setWorkflowId(before.getWorkflowId());
        grant.setEpoch(before.getEpoch());
        grant.setPartition(before.getPartition());
        grant.setNumber(before.getNumber());
        grant.setPart(before.getPart() + 1);
        grant.setWorkflowType(before.getWorkflowType());
        grant.setQueue(before.getQueue());
        grant.setAttributes(Map.of());
        grant.setCreatedAtMs(before.getCreatedAtMs());
        grant.setSteps(new ArrayList<>());
        grant.setValues(new ArrayList<>());
        parts.add(grant);
        return grant;
    }

    /** The bytes of a step in a record, rather too many than too few. */
    static int size(RecordedStep step) {
        return FRAME_BYTES + size(step.getName()) + size(step.getOutput()) + size(step.getFailure());
    }

    /** The bytes of a workflow's state in a record, rather too many than too few. */
    static int size(WorkflowState state) {
        int names = size(state.getWorkflowId())
                + size(state.getWorkflowType())
                + size(state.getQueue())
                + size(state.getApplicationVersion())
                + size(state.getWorkerId())
                + size(state.getWaitingFor());
        return FRAME_BYTES
                + names
                + attributesSize(state.getAttributes())
                + size(state.getOutput())
                + size(state.getFailure());
    }

    private static int size(@Nullable Failure failure) {
        return failure == null
                ? 0
                : size(failure.getType()) + size(failure.getMessage()) + size(failure.getStackTrace());
    }

    /** A character takes up to three bytes in UTF-8, and the length of a text up to five. */
    private static int size(@Nullable String text) {
        return text == null ? 1 : 5 + 3 * text.length();
    }

    private static int size(@Nullable Payload payload) {
        return payload == null ? 0 : payload.getData().remaining() + size(payload.getCodec());
    }

    private static int attributesSize(Map<String, String> attributes) {
        int bytes = 0;
        for (var attribute : attributes.entrySet()) {
            bytes += size(attribute.getKey()) + size(attribute.getValue());
        }
        return bytes;
    }
}
