package io.millrace.engine.topology;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.machine.RecordSizes;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Limits;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a grant together, in as many parts as its history takes: no record is larger than Kafka lets through. */
final class Grants {
    private Grants() {}

    static List<Grant> parts(StoredWorkflow workflow, Journal journal, int partition) {
        List<Grant> parts = new ArrayList<>();
        Grant part = first(workflow, journal, partition);
        int bytes = RecordSizes.FRAME_BYTES
                + RecordSizes.of(journal.input())
                + RecordSizes.of(part.getAttributes())
                + RecordSizes.of(part.getTrace())
                + RecordSizes.of(part.getLinkedTrace());
        parts.add(part);
        for (RecordedValue value : journal.values()) {
            if (bytes > Limits.GRANT_PART_BYTES) {
                part = next(part, parts);
                bytes = RecordSizes.FRAME_BYTES;
            }
            part.getValues().add(value);
            bytes += RecordSizes.of(value);
        }
        for (RecordedStep step : journal.steps()) {
            int stepBytes = RecordSizes.of(step);
            if (bytes + stepBytes > Limits.GRANT_PART_BYTES && bytes > RecordSizes.FRAME_BYTES) {
                part = next(part, parts);
                bytes = RecordSizes.FRAME_BYTES;
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
        if (state.getStatus() == WorkflowStatus.CANCELLING && workflow.getCancel() != null) {
            grant.setCancel(workflow.getCancel().getNotice());
        }
        grant.setRun(state.getRun());
        grant.setCreditPartition(workflow.getCreditPartition());
        grant.setTrace(journal.trace());
        grant.setLinkedTrace(journal.linkedTrace());
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
        grant.setCreditPartition(before.getCreditPartition());
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
}
