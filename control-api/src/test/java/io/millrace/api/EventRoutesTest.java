package io.millrace.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.StatusSink.Ending;
import io.millrace.schemas.Failure;
import io.millrace.schemas.WorkflowStatus;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRoutesTest extends ApiTest {
    @Test
    void shouldSayWhereItBeginsAndThenTellOfEachChange() throws Exception {
        start("before");
        try (Events events = open("")) {
            assertEquals("text/event-stream", events.header("Content-Type").split(";")[0]);
            assertEquals("no-store", events.header("Cache-Control"));
            assertEquals(List.of("event: position", "id: " + FakeStatuses.position(1), "data: {}"), events.next());

            start("a");
            engine.end("a", WorkflowStatus.COMPLETED, "5");

            List<String> started = events.next();
            assertEquals(List.of("event: workflow", "id: " + FakeStatuses.position(2)), started.subList(0, 2));
            assertTrue(started.get(2).startsWith("data: {\"workflowId\":\"a\",\"name\":\"t\",\"status\":\"ENQUEUED\""));
            assertFalse(started.get(2).contains("\"output\""), started.get(2));
            assertTrue(events.next().get(2).contains("\"status\":\"COMPLETED\""));
        }
    }

    @Test
    void shouldResumeBehindTheLastEvent() throws Exception {
        start("a", "b", "c");

        try (Events events = open("", FakeStatuses.position(1).encode())) {
            assertEquals("id: " + FakeStatuses.position(1), events.next().get(1));
            assertEquals("id: " + FakeStatuses.position(2), events.next().get(1));
            List<String> last = events.next();
            assertEquals("id: " + FakeStatuses.position(3), last.get(1));
            assertTrue(last.get(2).contains("\"workflowId\":\"c\""));
        }
    }

    @Test
    void shouldSendOnlyWhatTheFilterLetsThrough() throws Exception {
        try (Events some = open("?status=failed,COMPLETED&name=t&queue=default&idPrefix=b");
                Events one = open("?workflowId=a")) {
            some.next();
            one.next();
            start("a", "b", "c");
            engine.workflow("b").setFailure(new Failure("E", "two\nlines", null));
            engine.end("c", WorkflowStatus.FAILED, null);
            engine.end("b", WorkflowStatus.FAILED, null);

            assertTrue(some.next().get(2).contains("\"workflowId\":\"b\",\"name\":\"t\",\"status\":\"FAILED\""));
            assertTrue(one.next().get(2).contains("\"workflowId\":\"a\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit", "cursor", "order", "createdAfter", "statsu", "wait"})
    void shouldRefuseParametersThatItDoesNotHave(String parameter) throws Exception {
        assertEquals(
                parameter,
                problem(400, get("/events?" + parameter + "=1")).get("field").asText());
        assertEquals(0, engine.statuses().following());
    }

    @Test
    void shouldRefusePositionsThatAreNone() throws Exception {
        for (String position : List.of(
                "x",
                "=",
                FakeStatuses.position(1) + "AA",
                FakeStatuses.position(7).encode())) {
            HttpResponse<String> response = send(
                    request("/api/v1/events").header("Last-Event-ID", position).build());

            assertEquals("Last-Event-ID", problem(400, response).get("field").asText());
        }
    }

    @Test
    void shouldEndTheStreamSoThatTheClientComesBackWhenItWasTooSlow() throws Exception {
        try (Events events = open("")) {
            events.next();
            engine.statuses().endAll(Ending.NO_ROOM, null);

            assertNull(events.line());
        }
    }

    @Test
    void shouldEndStreamsWhenTheServerStops() throws Exception {
        try (Events events = open("")) {
            events.next();

            api.close();

            assertTrue(events.hasEnded());
            assertEquals(0, engine.statuses().following());
        }
    }

    @Test
    void shouldHoldNoThreadForAClientThatDoesNotRead() throws Exception {
        try (Socket deaf = new Socket("127.0.0.1", api.port());
                Events events = open("")) {
            deaf.setReceiveBufferSize(1_024);
            deaf.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            events.next();
            await().until(() -> engine.statuses().following() == 2);
            start("a");
            engine.workflow("a").setFailure(new Failure("E", "x".repeat(8_000), null));

            // Far more than the buffers of a connection hold; the others go on all the same.
            events.next();
            for (int i = 0; i < 2_000; i++) {
                engine.tellOf("a");
                events.next();
            }

            assertEquals(200, get("/workflows/a").statusCode());
        }
    }

    @Test
    void shouldSayThatKafkaIsAwayBeforeTheStreamBegins() throws Exception {
        engine.fallSilent();

        problem(503, get("/events"));
    }

    private Events open(String query) throws Exception {
        return open(query, null);
    }

    private Events open(String query, @Nullable String lastEventId) throws Exception {
        HttpRequest.Builder request = request("/api/v1/events" + query);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return Events.open(http, request.build());
    }
}
