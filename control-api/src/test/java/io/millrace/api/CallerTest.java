package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Who is on record where nobody is asked who they are. */
class CallerTest extends ApiTest {
    @Test
    void shouldBelieveWhoeverSaysWhoTheyAre() throws Exception {
        JsonNode me = json(
                200,
                send(request("/api/v1/me").header("Millrace-Issuer", "alice").build()));

        assertEquals("{\"name\":\"alice\",\"role\":\"ADMIN\",\"authentication\":\"none\"}", me.toString());
        assertEquals("anonymous", json(200, get("/me")).get("name").asText());
    }

    @Test
    void shouldPutThemOnRecordForWhateverTheyDo() throws Exception {
        as("alice", "POST", "/workflows", "{\"name\": \"t\", \"workflowId\": \"w\"}");
        assertEquals("alice", engine.starter("w"));
        as("bob", "POST", "/workflows/w/pause", "");
        assertEquals("bob", command("w").getIssuer());
        as("carol", "POST", "/workflows:cancel", "{\"workflowIds\": [\"w\"]}");
        assertEquals("carol", command("w").getIssuer());
        as("dave", "PUT", "/queues/q", "{\"concurrency\": 4}");
        assertEquals("dave", engine.queueSettings("q").getUpdatedBy());
        post("/workflows/w/resume", "");
        assertEquals("anonymous", command("w").getIssuer());
    }

    @Test
    void shouldRefuseNamesThatAreNone() throws Exception {
        for (String name : new String[] {" ", "x".repeat(101)}) {
            problem(
                    400,
                    send(request("/api/v1/me").header("Millrace-Issuer", name).build()));
        }
        assertEquals(
                400,
                RawHttp.status(api.port(), "GET /api/v1/me HTTP/1.1\nHost: localhost\nMillrace-Issuer: a\u009b31mb"));
    }

    private void as(String who, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .header("Millrace-Issuer", who)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertEquals(2, answer.statusCode() / 100, answer.body());
    }
}
