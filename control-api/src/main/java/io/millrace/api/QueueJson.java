package io.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.EnqueuedDescription;
import io.millrace.client.EnqueuedPage;
import io.millrace.client.QueueDescription;
import io.millrace.client.QueueOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Queues as the API shows them. A limit that is not there is left out, as it is where a queue is set. */
final class QueueJson {
    private QueueJson() {}

    static byte[] queue(QueueDescription queue) {
        return Json.write(json -> writeQueue(json, queue));
    }

    static byte[] queues(List<QueueDescription> queues) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (QueueDescription queue : queues) {
                writeQueue(json, queue);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static byte[] enqueued(EnqueuedPage page) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (EnqueuedDescription waiting : page.workflows()) {
                json.writeStartObject();
                json.writeNumberField("position", waiting.position());
                WorkflowJson.writeFields(json, waiting.workflow(), false);
                json.writeNumberField("priority", waiting.priority());
                Json.writeInstant(json, "enqueuedAt", waiting.enqueuedAt());
                Json.writeDuration(json, "age", waiting.age());
                json.writeEndObject();
            }
            json.writeEndArray();
            WorkflowJson.writeNextCursor(json, page.nextCursor().orElse(null));
            json.writeEndObject();
        });
    }

    private static void writeQueue(JsonGenerator json, QueueDescription queue) throws IOException {
        json.writeStartObject();
        json.writeStringField("queue", queue.queue());
        writeOptions(json, queue.options());
        json.writeNumberField("depth", queue.depth());
        json.writeNumberField("running", queue.running());
        if (queue.slotsHeld().isPresent()) {
            json.writeNumberField("slotsHeld", queue.slotsHeld().getAsLong());
        }
        writeIfThere(json, "oldestEnqueuedAt", queue.oldestEnqueuedAt());
        writeIfThere(json, "oldestAge", queue.oldestAge());
        json.writeNumberField("begunLastMinute", queue.begunLastMinute());
        json.writeNumberField("endedLastMinute", queue.endedLastMinute());
        writeIfThere(json, "waitingFor", queue.waitingFor());
        writeIfThere(json, "updatedAt", queue.updatedAt());
        writeIfThere(json, "updatedBy", queue.updatedBy());
        json.writeEndObject();
    }

    private static void writeOptions(JsonGenerator json, QueueOptions options) throws IOException {
        writeLimit(json, "concurrency", options.concurrency());
        writeLimit(json, "workerConcurrency", options.workerConcurrency());
        writeRate(json, "rateLimit", options.rateLimit());
        json.writeBooleanField("priorityEnabled", options.hasPriorities());
        json.writeBooleanField("partitioned", options.isPartitioned());
        writeLimit(json, "partitionConcurrency", options.partitionConcurrency());
        writeRate(json, "partitionRateLimit", options.partitionRateLimit());
    }

    private static void writeLimit(JsonGenerator json, String field, OptionalInt limit) throws IOException {
        if (limit.isPresent()) {
            json.writeNumberField(field, limit.getAsInt());
        }
    }

    private static void writeRate(JsonGenerator json, String field, Optional<QueueOptions.Rate> rate)
            throws IOException {
        if (rate.isPresent()) {
            json.writeObjectFieldStart(field);
            json.writeNumberField("permits", rate.get().permits());
            Json.writeDuration(json, "period", rate.get().period());
            json.writeEndObject();
        }
    }

    private static void writeIfThere(JsonGenerator json, String field, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(field, value.get().toString());
        }
    }
}
