package io.millrace.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowStatus;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerTest extends ApiTest {
    @Test
    void shouldStartAWorkflowAndShowAllOfIt() throws Exception {
        HttpResponse<String> response = post("""
                {"name": "checkout", "workflowId": "order 17/a", "queue": "shop", "timeout": "PT1H", "delay": "PT5S", "retention": "P7D",
                 "applicationVersion": "1.4", "attributes": {"customer": "17"}, "input": {"n": 1.00,  "z":[1,2]}}""");

        assertEquals(201, response.statusCode());
        assertEquals(
                "/api/v1/workflows/order%2017%2Fa",
                response.headers().firstValue("Location").orElseThrow());
        JsonNode workflow = json(response);
        assertEquals("order 17/a", workflow.get("workflowId").asText());
        assertEquals("checkout", workflow.get("name").asText());
        assertEquals("ENQUEUED", workflow.get("status").asText());
        assertEquals("2026-01-01T00:00:00Z", workflow.get("createdAt").asText());
        assertEquals("PT1H", workflow.get("timeout").asText());
        assertTrue(workflow.get("output").isNull());
        assertEquals(5_000L, engine.start("order 17/a").getDelayMs());
        assertEquals(Duration.ofDays(7).toMillis(), engine.start("order 17/a").getRetentionMs());
        assertEquals("17", engine.start("order 17/a").getAttributes().get("customer"));
    }

    @Test
    void shouldPassInputsThroughByteForByte() throws Exception {
        for (String input : List.of("{\"n\": 1.00,  \"z\":[1,2]}", "1.50", "\"tä\\u00e9 €\"", "true", "[ ]", "-0")) {
            String id = "w" + input.hashCode();
            HttpResponse<String> response =
                    post("{\"input\":  " + input + " ,\"name\":\"t\",\"workflowId\":\"" + id + "\"}");

            assertEquals(FakeEngine.json(input), engine.start(id).getInput());
            assertTrue(response.body().contains("\"input\":" + input + ","), response.body());
        }
    }

    @Test
    void shouldAnswer200WithTheFirstWorkflowWhenTheIdIsTaken() throws Exception {
        post("{\"name\": \"first\", \"workflowId\": \"w\"}");

        HttpResponse<String> second = post("{\"name\": \"second\", \"workflowId\": \"w\"}");

        assertEquals(200, second.statusCode());
        assertEquals("first", json(second).get("name").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                          | name",
                "{\"name\": \" \"}                           | name",
                "{\"name\": 5}                               | name",
                "{\"name\": \"t\", \"workflowId\": \"\"}     | workflowId",
                "{\"name\": \"t\", \"delay\": \"5 s\"}       | delay",
                "{\"name\": \"t\", \"timeout\": \"-PT5S\"}   | timeout",
                "{\"name\": \"t\", \"retention\": \"7d\"}       | retention",
                "{\"name\": \"t\", \"retention\": \"PT0.9S\"}   | retention",
                "{\"name\": \"t\", \"retention\": \"P36501D\"}  | retention",
                "{\"name\": \"t\", \"attributes\": [1]}      | attributes",
                "{\"name\": \"t\", \"attributes\": {\"a\":1}}| attributes.a",
                "{\"name\": \"t\", \"urgency\": 5}           | urgency",
            })
    void shouldNameTheFieldThatIsWrong(String body, String field) throws Exception {
        JsonNode problem = problem(400, post(body));

        assertEquals(field, problem.get("field").asText());
        assertTrue(problem.get("detail").asText().contains(field.split("\\.")[0]), problem.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"name\": ", "[]", "''", "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\"} x", "name=t"})
    void shouldRefuseWhatIsNoJson(String body) throws Exception {
        problem(400, post(body));
    }

    @Test
    void shouldSayHowLargeIsTooLarge() throws Exception {
        String body = "{\"name\": \"t\", \"input\": \"" + "x".repeat(Limits.MAX_PAYLOAD_BYTES) + "\"}";
        JsonNode tooLargeInput = problem(413, post(body));
        assertEquals(Limits.MAX_PAYLOAD_BYTES, tooLargeInput.get("limit").asInt());
        assertEquals(Limits.MAX_PAYLOAD_BYTES + 2, tooLargeInput.get("size").asInt());

        String huge = "x".repeat(ApiConfig.defaults().maxBodyBytes() + 1);
        assertEquals(huge.length(), problem(413, post(huge)).get("size").asInt());

        JsonNode tooLongId = problem(413, post("{\"name\": \"t\", \"workflowId\": \"" + "x".repeat(257) + "\"}"));
        assertEquals("workflowId", tooLongId.get("field").asText());
    }

    @Test
    void shouldShowOneWorkflowAndItsSteps() throws Exception {
        post("{\"name\": \"t\", \"workflowId\": \"a/b\"}");
        engine.workflow("a/b").setOutput(new Payload("json", ByteBuffer.wrap(new byte[] {'{'})));
        engine.steps("a/b", step(1), step(2), step(3));

        assertEquals("ew==", json(get("/workflows/a%2Fb")).at("/output/base64").asText());
        JsonNode first = json(get("/workflows/a%2Fb/steps?limit=2"));
        assertEquals(2, first.get("items").size());
        assertEquals("{\"n\":1}", first.at("/items/0/output").toString());
        JsonNode second = json(get("/workflows/a%2Fb/steps?limit=2&cursor="
                + first.get("nextCursor").asText()));
        assertEquals(3, second.at("/items/0/seq").asInt());
        assertFalse(second.has("nextCursor"));
    }

    @Test
    void shouldListInEitherOrder() throws Exception {
        post("{\"name\": \"t\", \"workflowId\": \"old\"}");
        post("{\"name\": \"t\", \"workflowId\": \"new\"}");
        engine.workflow("old").setCreatedAtMs(1);

        for (String newestFirst : List.of("", "order=desc&")) {
            assertEquals("new", firstOf("/workflows?" + newestFirst + "limit=1"));
        }
        assertEquals("old", firstOf("/workflows?order=asc&limit=1"));
        String cursor =
                json(get("/workflows?order=asc&limit=1")).get("nextCursor").asText();
        assertEquals("new", firstOf("/workflows?order=asc&limit=1&cursor=" + cursor));
        assertEquals(
                "order", problem(400, get("/workflows?order=name")).get("field").asText());
    }

    private String firstOf(String path) throws Exception {
        return json(get(path)).at("/items/0/workflowId").asText();
    }

    @Test
    void shouldCountWhatMatches() throws Exception {
        post("{\"name\": \"t\", \"workflowId\": \"a\"}");
        post("{\"name\": \"t\", \"workflowId\": \"b\"}");
        post("{\"name\": \"u\", \"workflowId\": \"c\"}");
        engine.end("b", WorkflowStatus.FAILED, null);
        engine.workflow("a").setWorkerId("w1");

        JsonNode counts = json(get("/workflows:count?status=enqueued,FAILED&attribute.k=v"));

        assertEquals(3, counts.get("total").asInt());
        assertEquals("{\"ENQUEUED\":2,\"FAILED\":1}", counts.get("byStatus").toString());
        assertEquals("{\"t\":2,\"u\":1}", counts.get("byName").toString());
        assertEquals("{\"w1\":1}", counts.get("byWorker").toString());
        WorkflowConditions asked = engine.lastConditions();
        assertEquals(List.of(WorkflowStatus.ENQUEUED, WorkflowStatus.FAILED), asked.getStatuses());
        assertEquals(Map.of("k", "v"), asked.getAttributes());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=5, limit",
        "cursor=x, cursor",
        "order=asc, order",
        "statsu=RUNNING, statsu",
        "status=BUSY, status"
    })
    void shouldNotCountWhatWasNotAskedFor(String query, String parameter) throws Exception {
        assertEquals(
                parameter,
                problem(400, get("/workflows:count?" + query)).get("field").asText());
    }

    @Test
    void shouldListWithEveryFilter() throws Exception {
        post("{\"name\": \"t\", \"workflowId\": \"a\"}");
        post("{\"name\": \"t\", \"workflowId\": \"b\"}");

        JsonNode page = json(
                get(
                        "/workflows?status=enqueued,RUNNING&name=t&queue=default&idPrefix=a&version=1&parent=p&forkedFrom=f"
                                + "&createdAfter=2026-01-01T00:00:00%2B01:00&createdBefore=2027-01-01T00:00:00Z&attribute.k=v&limit=1"));

        assertEquals("a", page.at("/items/0/workflowId").asText());
        assertEquals(1, page.get("items").size());
        assertEquals(
                List.of(WorkflowStatus.ENQUEUED, WorkflowStatus.RUNNING),
                engine.lastConditions().getStatuses());
        assertEquals(1_767_222_000_000L, engine.lastConditions().getCreatedAfterMs());
        assertEquals("v", engine.lastConditions().getAttributes().get("k"));
        assertEquals("p", engine.lastConditions().getParentWorkflowId());
        assertEquals("f", engine.lastConditions().getForkedFrom());
        assertEquals(
                "b",
                json(get("/workflows?limit=1&cursor=" + page.get("nextCursor").asText()))
                        .at("/items/0/workflowId")
                        .asText());
    }

    @ParameterizedTest
    @CsvSource({
        "status=BUSY, status",
        "limit=0, limit",
        "limit=x, limit",
        "cursor=x, cursor",
        "createdAfter=today, createdAfter",
        "createdBefore=%2B999999999-01-01T00:00:00Z, createdBefore",
        "statsu=RUNNING, statsu",
        "name=a&name=b, name"
    })
    void shouldNameTheParameterThatIsWrong(String query, String parameter) throws Exception {
        assertEquals(
                parameter, problem(400, get("/workflows?" + query)).get("field").asText());
    }

    @Test
    void shouldAnswerResultsByHowTheWorkflowStands() throws Exception {
        post("{\"name\": \"t\", \"workflowId\": \"w\"}");
        post("{\"name\": \"t\", \"workflowId\": \"bad\"}");
        engine.workflow("bad").setFailure(new Failure("java.io.IOException", "no stock", null));
        engine.end("bad", WorkflowStatus.FAILED, null);

        assertEquals(
                "ENQUEUED", json(202, get("/workflows/w/result")).get("status").asText());
        assertEquals(202, get("/workflows/w/result?wait=PT0.05S").statusCode());
        engine.end("w", WorkflowStatus.COMPLETED, "{\"n\":1.0}");
        assertEquals(
                "{\"workflowId\":\"w\",\"status\":\"COMPLETED\",\"output\":{\"n\":1.0}}",
                get("/workflows/w/result?wait=PT10S").body());
        for (String wait : List.of("", "?wait=PT1S")) {
            JsonNode problem = problem(409, get("/workflows/bad/result" + wait));
            assertEquals("FAILED", problem.get("workflowStatus").asText());
            assertEquals("no stock", problem.at("/error/message").asText());
            problem(404, get("/workflows/unknown/result" + wait));
        }
        assertEquals(
                "wait",
                problem(400, get("/workflows/w/result?wait=10")).get("field").asText());
        problem(400, get("/workflows/w/result?wait=PT1H"));
    }

    @Test
    void shouldKeepAThousandWaitingWithoutAThreadForEach() throws Exception {
        post("{\"name\": \"t\", \"workflowId\": \"w\"}");
        List<CompletableFuture<HttpResponse<String>>> waits = IntStream.range(0, 1_000)
                .mapToObj(i -> http.sendAsync(
                        request("/api/v1/workflows/w/result?wait=PT2M").build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        await().until(() -> engine.waiting() == 1_000);

        // Pools of server and client come and go; one thread for each of those that wait would be more than all of
        // these.
        assertTrue(Thread.activeCount() < 1_000, "threads: " + Thread.activeCount());
        assertEquals(200, get("/workflows/w").statusCode());
        engine.end("w", WorkflowStatus.COMPLETED, "1");

        for (CompletableFuture<HttpResponse<String>> wait : waits) {
            assertEquals(200, wait.get().statusCode());
        }
    }

    @Test
    void shouldAnswerEveryErrorWithAProblemDocument() throws Exception {
        problem(404, get("/workflows/unknown"));
        problem(404, get("/workflows/unknown/steps"));
        problem(404, send(request("/nowhere").build()));
        problem(405, send(request("/api/v1/workflows").DELETE().build()));
        engine.reject("the queue is closed");
        assertTrue(
                problem(400, post("{\"name\": \"t\"}")).get("detail").asText().contains("the queue is closed"));
    }

    @Test
    void shouldAnswerBrokenHttpWithAProblemDocumentToo() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/workflows/%ZZ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(response.startsWith("HTTP/1.1 400"), response);
            assertTrue(response.contains("application/problem+json"), response);
        }
    }

    @Test
    void shouldSayWhenToComeBackWhileTheEngineIsAway() throws Exception {
        engine.fallSilent();

        HttpResponse<String> response = get("/workflows");

        problem(503, response);
        assertEquals("2", response.headers().firstValue("Retry-After").orElseThrow());
        problem(503, post("{\"name\": \"t\"}"));
    }

    @Test
    void shouldTellWhetherItIsReady() throws Exception {
        assertEquals(200, send(request("/health/live").build()).statusCode());
        assertEquals(200, send(request("/health/ready").build()).statusCode());
        readiness = Readiness.notYet("the engine is restoring");
        assertEquals(
                "not ready yet: the engine is restoring",
                problem(503, send(request("/health/ready").build()))
                        .get("detail")
                        .asText());
        assertEquals(200, send(request("/health/live").build()).statusCode());
    }

    @Test
    void shouldSayThatThePortIsTaken() {
        ApiConfig taken = ApiConfig.defaults().withPort(api.port());

        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> ApiServer.start(taken, client, Readiness::yes));

        assertTrue(refused.getMessage().contains("127.0.0.1:" + api.port()), refused.getMessage());
    }

    private static RecordedStep step(int seq) {
        return RecordedStep.newBuilder()
                .setSeq(seq)
                .setName("step")
                .setKind(StepKind.STEP)
                .setStatus(StepStatus.COMPLETED)
                .setOutput(FakeEngine.json("{\"n\":" + seq + "}"))
                .build();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post("/workflows", body);
    }
}
