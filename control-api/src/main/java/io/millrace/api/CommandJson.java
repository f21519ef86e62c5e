package io.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.BulkItem;
import io.millrace.client.BulkReport;
import io.millrace.client.CommandResult;
import io.millrace.client.EncodedPayload;
import io.millrace.client.ForkDescription;
import io.millrace.client.ForkPage;
import io.millrace.client.WorkflowDescription;
import java.io.IOException;

/** Answers to commands, and what workflows show of themselves, as the API shows them. */
final class CommandJson {
    private CommandJson() {}

    /** What is refused is a problem document, so there is one outcome here. */
    static byte[] accepted(CommandResult result) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("commandId", result.commandId());
            json.writeStringField("workflowId", result.workflowId());
            json.writeStringField("outcome", "ACCEPTED");
            json.writeStringField("status", result.status().name());
            if (result.note().isPresent()) {
                json.writeStringField("note", result.note().get());
            }
            json.writeEndObject();
        });
    }

    static byte[] forked(String source, String commandId, WorkflowDescription fork) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("workflowId", fork.workflowId());
            json.writeStringField("commandId", commandId);
            json.writeStringField("forkedFrom", source);
            json.writeStringField("status", fork.status().name());
            json.writeEndObject();
        });
    }

    static byte[] forks(ForkPage page) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (ForkDescription fork : page.forks()) {
                json.writeStartObject();
                json.writeStringField("workflowId", fork.workflowId());
                json.writeNumberField("startStep", fork.startStep());
                Json.writeInstant(json, "at", fork.at());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (page.nextCursor().isPresent()) {
                json.writeStringField("nextCursor", page.nextCursor().get());
            }
            json.writeEndObject();
        });
    }

    static byte[] value(String key, EncodedPayload value) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("key", key);
            PayloadJson.write(json, "value", value);
            json.writeEndObject();
        });
    }

    static byte[] matched(long matched) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("matched", matched);
            json.writeEndObject();
        });
    }

    static byte[] report(BulkReport report) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("matched", report.items().size());
            json.writeNumberField("accepted", report.accepted().size());
            json.writeNumberField("rejected", report.rejected().size());
            json.writeArrayFieldStart("items");
            for (BulkItem item : report.items()) {
                writeItem(json, item);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void writeItem(JsonGenerator json, BulkItem item) throws IOException {
        json.writeStartObject();
        json.writeStringField("workflowId", item.workflowId());
        json.writeBooleanField("accepted", item.accepted());
        json.writeStringField("status", item.status().name());
        if (item.note().isPresent()) {
            json.writeStringField("note", item.note().get());
        }
        if (item.forkWorkflowId().isPresent()) {
            json.writeStringField("forkWorkflowId", item.forkWorkflowId().get());
        }
        json.writeEndObject();
    }
}
