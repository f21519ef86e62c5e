package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.schemas.Limits;
import io.millrace.schemas.TraceContext;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trace of a request is that of what it starts, and never a reason to refuse it. */
final class TraceHeadersTest extends ApiTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void shouldHandTheTraceOfAStartToTheEngine() throws Exception {
        HttpResponse<String> response = send(startOf("w")
                .header("traceparent", PARENT)
                .header("tracestate", "a=1")
                .header("tracestate", "b=2")
                .build());

        assertEquals(201, response.statusCode(), response.body());
        assertEquals(new TraceContext(PARENT, "a=1,b=2"), engine.start("w").getTrace());
    }

    @Test
    void shouldHandTheTraceOfAForkToTheEngine() throws Exception {
        start("w");
        HttpRequest fork = request("/api/v1/workflows/w/fork")
                .POST(HttpRequest.BodyPublishers.ofString("{\"startStep\": 1, \"workflowId\": \"copy\"}"))
                .header("Content-Type", "application/json")
                .header("traceparent", PARENT)
                .build();

        assertEquals(201, send(fork).statusCode());
        assertEquals(new TraceContext(PARENT, null), command("w").getFork().getTrace());
    }

    @Test
    void shouldSendNoTraceWhereThereIsNone() throws Exception {
        start("w");

        assertNull(engine.start("w").getTrace());
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void shouldIgnoreWhatIsNoTrace(String traceparent) throws Exception {
        HttpResponse<String> response =
                send(startOf("w").header("traceparent", traceparent).build());

        assertEquals(201, response.statusCode(), response.body());
        assertNull(engine.start("w").getTrace());
    }

    private static Stream<String> unreadable() {
        return Stream.of(
                "none",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                PARENT.toUpperCase(Locale.ROOT).replace("00-4B", "00-XX"),
                PARENT + "-" + "x".repeat(Limits.MAX_TRACE_PARENT_CHARS));
    }

    private HttpRequest.Builder startOf(String workflowId) {
        return request("/api/v1/workflows")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"t\", \"workflowId\": \"" + workflowId + "\"}"));
    }
}
