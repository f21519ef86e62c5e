package io.millrace.api;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document (RFC 9457): what every error of this API looks like.
 *
 * @param status the HTTP status
 * @param detail what went wrong here, in a sentence
 * @param members further members of the document, in order; strings and numbers
 */
record Problem(int status, String detail, Map<String, Object> members) {
    static final String CONTENT_TYPE = "application/problem+json";

    /** How long a client should leave an engine that does not answer alone, or a bound that it has reached, in seconds. */
    private static final int RETRY_AFTER_SECONDS = 2;

    static Problem of(int status, String detail) {
        return new Problem(status, detail, Map.of());
    }

    static Problem badField(String field, String detail) {
        return of(400, detail).with("field", field);
    }

    static Problem unavailable(String detail) {
        return of(503, detail);
    }

    static Problem tooLarge(String what, long size, long limit, String detail) {
        return of(413, detail).with("field", what).with("size", size).with("limit", limit);
    }

    Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(status, detail, more);
    }

    byte[] toJson() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title());
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            for (Map.Entry<String, Object> member : members.entrySet()) {
                json.writePOJOField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        });
    }

    private String title() {
        return HttpStatus.forStatus(status).getMessage();
    }

    void writeTo(Context ctx) {
        if (status == 503 || status == 429) {
            ctx.header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        }
        ctx.status(status).contentType(CONTENT_TYPE).result(toJson());
    }
}
