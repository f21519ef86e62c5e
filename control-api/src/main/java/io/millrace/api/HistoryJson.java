package io.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.EncodedPayload;
import io.millrace.client.HistoryEvent;
import io.millrace.client.HistoryPage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A workflow's history as the API shows it: a fact is an object of what all facts have, and its own fields beside that. */
final class HistoryJson {
    /** The facts that have a number of their own, and what it is called beside the number of their entry. */
    static final Map<String, String> NUMBERS =
            Map.of("granted", "grantNumber", "messageReceived", "messageNumber", "messageDelivered", "messageNumber");

    private HistoryJson() {}

    static byte[] page(HistoryPage page) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (HistoryEvent event : page.events()) {
                writeEvent(json, event);
            }
            json.writeEndArray();
            if (page.nextNumber().isPresent()) {
                json.writeStringField(
                        "nextCursor", Long.toString(page.nextNumber().getAsLong()));
            }
            json.writeEndObject();
        });
    }

    private static void writeEvent(JsonGenerator json, HistoryEvent event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", event.number());
        Json.writeInstant(json, "at", event.at());
        json.writeStringField("type", event.type());
        for (Map.Entry<String, Object> detail : event.details().entrySet()) {
            json.writeFieldName(fieldName(event.type(), detail.getKey()));
            writeValue(json, detail.getValue());
        }
        json.writeEndObject();
    }

    /** What a fact's own field is called beside those that all facts have. */
    static String fieldName(String type, String detail) {
        return detail.equals("number") ? NUMBERS.getOrDefault(type, "ownNumber") : detail;
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof EncodedPayload payload) {
            PayloadJson.write(json, payload);
        } else if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                json.writeFieldName(String.valueOf(field.getKey()));
                writeValue(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                writeValue(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Number || value instanceof Boolean) {
            json.writePOJO(value);
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
