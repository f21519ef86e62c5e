package io.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.client.EncodedPayload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Users' values as the API shows them. */
final class PayloadJson {
    private PayloadJson() {}

    static void write(JsonGenerator json, String field, @Nullable EncodedPayload payload) throws IOException {
        json.writeFieldName(field);
        write(json, payload);
    }

    /** JSON as it was stored; what another codec wrote, or is not JSON whatever it claims, as its codec's name and base64. */
    static void write(JsonGenerator json, @Nullable EncodedPayload payload) throws IOException {
        if (payload == null) {
            json.writeNull();
            return;
        }
        String text = payload.isJson() ? Json.utf8(payload.bytes()) : null;
        if (text != null && Json.isValue(text)) {
            json.writeRawValue(text);
        } else {
            json.writeStartObject();
            json.writeStringField("codec", payload.codec());
            json.writeFieldName("base64");
            json.writeBinary(payload.bytes());
            json.writeEndObject();
        }
    }
}
