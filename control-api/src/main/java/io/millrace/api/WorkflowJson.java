package io.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.EncodedPayload;
import io.millrace.client.StepDescription;
import io.millrace.client.StepPage;
import io.millrace.client.WorkflowCounts;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowFailure;
import io.millrace.client.WorkflowPage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Workflows and steps as the API shows them. What a workflow does not have is null; {@code waitingFor} is there only where it
 * waits, {@code input} and {@code output} only where one workflow was asked for: lists do not carry them.
 */
final class WorkflowJson {
    private WorkflowJson() {}

    static byte[] workflow(WorkflowDescription workflow) {
        return Json.write(json -> writeWorkflow(json, workflow, true));
    }

    /** As it is in lists. */
    static byte[] listed(WorkflowDescription workflow) {
        return Json.write(json -> writeWorkflow(json, workflow, false));
    }

    static byte[] page(WorkflowPage page) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (WorkflowDescription workflow : page.workflows()) {
                writeWorkflow(json, workflow, false);
            }
            json.writeEndArray();
            writeNextCursor(json, page.nextCursor().orElse(null));
            json.writeEndObject();
        });
    }

    static byte[] counts(WorkflowCounts counts) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("total", counts.total());
            json.writePOJOField("byStatus", counts.byStatus());
            json.writePOJOField("byName", counts.byType());
            json.writePOJOField("byWorker", counts.byWorker());
            json.writeEndObject();
        });
    }

    static byte[] steps(StepPage page) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (StepDescription step : page.steps()) {
                writeStep(json, step);
            }
            json.writeEndArray();
            OptionalInt next = page.nextSeq();
            writeNextCursor(json, next.isPresent() ? Integer.toString(next.getAsInt()) : null);
            json.writeEndObject();
        });
    }

    static byte[] result(String workflowId, @Nullable EncodedPayload output) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("workflowId", workflowId);
            json.writeStringField("status", "COMPLETED");
            PayloadJson.write(json, "output", output);
            json.writeEndObject();
        });
    }

    static byte[] stillOpen(WorkflowDescription workflow) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("workflowId", workflow.workflowId());
            json.writeStringField("status", workflow.status().name());
            if (workflow.waitingFor().isPresent()) {
                json.writeStringField("waitingFor", workflow.waitingFor().get());
            }
            json.writeEndObject();
        });
    }

    static Map<String, Object> error(WorkflowFailure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", failure.type());
        error.put("message", failure.message());
        if (failure.stackTrace() != null) {
            error.put("stackTrace", failure.stackTrace());
        }
        return error;
    }

    private static void writeWorkflow(JsonGenerator json, WorkflowDescription workflow, boolean withPayloads)
            throws IOException {
        json.writeStartObject();
        writeFields(json, workflow, withPayloads);
        writeNumber(json, "priority", workflow.priority());
        json.writeEndObject();
    }

    /** All fields but its priority, which is another number where it waits: there it has one also where it was given none. */
    static void writeFields(JsonGenerator json, WorkflowDescription workflow, boolean withPayloads) throws IOException {
        json.writeStringField("workflowId", workflow.workflowId());
        json.writeStringField("name", workflow.workflowType());
        json.writeStringField("status", workflow.status().name());
        if (workflow.waitingFor().isPresent()) {
            json.writeStringField("waitingFor", workflow.waitingFor().get());
        }
        json.writeStringField("queue", workflow.queue());
        Json.writeString(json, "version", workflow.applicationVersion().orElse(null));
        if (withPayloads) {
            PayloadJson.write(json, "input", workflow.input().orElse(null));
            PayloadJson.write(json, "output", workflow.output().orElse(null));
        }
        writeError(json, workflow.failure().orElse(null));
        writeTimes(json, workflow);
        json.writeNumberField("attempts", workflow.attempts());
        json.writeNumberField("recoveryAttempts", workflow.recoveryAttempts());
        Json.writeString(json, "workerId", workflow.workerId().orElse(null));
        json.writeNumberField("stepCount", workflow.stepCount());
        json.writePOJOField("attributes", workflow.attributes());
        writeOrigin(json, workflow);
        Json.writeString(json, "deduplicationId", workflow.deduplicationId().orElse(null));
        Json.writeString(json, "partitionKey", workflow.partitionKey().orElse(null));
        json.writeBooleanField("expedited", workflow.expedited());
    }

    private static void writeOrigin(JsonGenerator json, WorkflowDescription workflow) throws IOException {
        Json.writeString(json, "parent", workflow.parent().orElse(null));
        writeNumber(json, "parentStep", workflow.parentStep());
        Json.writeString(json, "forkedFrom", workflow.forkedFrom().orElse(null));
        writeNumber(json, "forkedFromStep", workflow.forkedFromStep());
        json.writeNumberField("run", workflow.run());
    }

    private static void writeNumber(JsonGenerator json, String field, OptionalInt number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(field, number.getAsInt());
        } else {
            json.writeNullField(field);
        }
    }

    private static void writeTimes(JsonGenerator json, WorkflowDescription workflow) throws IOException {
        Json.writeInstant(json, "createdAt", workflow.createdAt());
        Json.writeInstant(json, "startedAt", workflow.startedAt().orElse(null));
        Json.writeInstant(json, "completedAt", workflow.completedAt().orElse(null));
        Json.writeInstant(json, "updatedAt", workflow.updatedAt());
        Json.writeDuration(json, "timeout", workflow.timeout().orElse(null));
        Json.writeInstant(json, "deadline", workflow.deadline().orElse(null));
    }

    private static void writeStep(JsonGenerator json, StepDescription step) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seq", step.seq());
        json.writeStringField("name", step.name());
        json.writeStringField("kind", step.kind().name());
        json.writeStringField("status", step.status().name());
        PayloadJson.write(json, "output", step.output().orElse(null));
        writeError(json, step.failure().orElse(null));
        json.writeNumberField("attempts", step.attempts());
        Json.writeString(json, "childWorkflowId", step.childWorkflowId().orElse(null));
        Json.writeInstant(json, "startedAt", step.startedAt().orElse(null));
        Json.writeInstant(json, "completedAt", step.completedAt().orElse(null));
        if (step.dueAt().isPresent()) {
            Json.writeInstant(json, "dueAt", step.dueAt().get());
        }
        if (step.heartbeatDetails().isPresent()) {
            PayloadJson.write(json, "heartbeatDetails", step.heartbeatDetails().get());
        }
        json.writeEndObject();
    }

    private static void writeError(JsonGenerator json, @Nullable WorkflowFailure failure) throws IOException {
        json.writePOJOField("error", failure == null ? null : error(failure));
    }

    static void writeNextCursor(JsonGenerator json, @Nullable String cursor) throws IOException {
        if (cursor != null) {
            json.writeStringField("nextCursor", cursor);
        }
    }
}
