package io.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.WorkerDescription;
import java.io.IOException;
import java.util.List;

/** Workers as the API shows them. */
final class WorkerJson {
    private WorkerJson() {}

    static byte[] workers(List<WorkerDescription> workers) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (WorkerDescription worker : workers) {
                write(json, worker);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, WorkerDescription worker) throws IOException {
        json.writeStartObject();
        json.writeStringField("workerId", worker.workerId());
        json.writeStringField("host", worker.host());
        Json.writeString(json, "version", worker.applicationVersion().orElse(null));
        json.writePOJOField("queues", worker.queues());
        json.writePOJOField("workflowTypes", worker.workflowTypes());
        json.writeNumberField("slots", worker.slots());
        json.writeNumberField("running", worker.running());
        json.writeStringField("status", worker.status().name());
        Json.writeInstant(json, "startedAt", worker.startedAt());
        Json.writeInstant(json, "lastHeartbeatAt", worker.lastHeartbeatAt());
        Json.writeDuration(json, "lease", worker.lease());
        json.writeEndObject();
    }
}
