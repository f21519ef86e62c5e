package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.client.QueueOptions;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowStatus;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueRoutesTest extends ApiTest {
    private static final String EVERYTHING = "{\"concurrency\":10,\"workerConcurrency\":2,"
            + "\"rateLimit\":{\"permits\":100,\"period\":\"PT1S\"},\"priorityEnabled\":true,\"partitioned\":true,"
            + "\"partitionConcurrency\":1,\"partitionRateLimit\":{\"permits\":5,\"period\":\"PT1M\"}}";

    @Test
    void shouldSetAQueueAndAnswerWithIt() throws Exception {
        HttpResponse<String> response = put("/queues/a%2Fb", EVERYTHING);

        assertEquals(200, response.statusCode(), response.body());
        assertEquals(
                "{\"queue\":\"a/b\"," + EVERYTHING.substring(1, EVERYTHING.length() - 1)
                        + ",\"depth\":0,\"running\":0,\"slotsHeld\":0,\"begunLastMinute\":3,\"endedLastMinute\":2,"
                        + "\"updatedAt\":\"2026-01-01T00:00:02Z\",\"updatedBy\":\"anonymous\"}",
                response.body());
        assertEquals(
                QueueOptions.unlimited()
                        .concurrency(10)
                        .workerConcurrency(2)
                        .rateLimit(100, Duration.ofSeconds(1))
                        .priorities()
                        .partitionConcurrency(1)
                        .partitionRateLimit(5, Duration.ofMinutes(1)),
                options("a/b"));
        assertEquals(response.body(), get("/queues/a%2Fb").body());
    }

    @Test
    void shouldReplaceAllSettings() throws Exception {
        put("/queues/q", EVERYTHING);

        JsonNode queue = json(200, put("/queues/q", "{\"workerConcurrency\": 3, \"concurrency\": null}"));

        assertFalse(queue.has("concurrency") || queue.has("rateLimit"), queue.toString());
        assertFalse(queue.get("priorityEnabled").asBoolean());
        assertEquals(QueueOptions.unlimited().workerConcurrency(3), options("q"));
        json(200, put("/queues/q", "{}"));
        assertEquals(QueueOptions.unlimited(), options("q"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"concurency\": 1}                                   | concurency",
                "{\"depth\": 1}                                        | depth",
                "{\"concurrency\": -1}                                 | concurrency",
                "{\"concurrency\": \"1\"}                              | concurrency",
                "{\"workerConcurrency\": 0}                            | workerConcurrency",
                "{\"rateLimit\": 100}                                  | rateLimit",
                "{\"rateLimit\": {}}                                   | rateLimit",
                "{\"rateLimit\": {\"permits\": 1}}                     | rateLimit",
                "{\"rateLimit\": {\"permits\": 0, \"period\": \"PT1S\"}}  | rateLimit",
                "{\"rateLimit\": {\"permits\": 1, \"period\": \"PT0S\"}}  | rateLimit",
                "{\"rateLimit\": {\"permits\": 1, \"period\": \"1s\"}}    | rateLimit.period",
                "{\"rateLimit\": {\"permits\": \"1\", \"period\": \"PT1S\"}} | rateLimit.permits",
                "{\"rateLimit\": {\"permits\": null, \"period\": \"PT1S\"}} | rateLimit.permits",
                "{\"rateLimit\": {\"permits\": 1, \"per\": \"PT1S\"}}     | rateLimit.per",
                "{\"partitioned\": \"yes\"}                            | partitioned",
                "{\"partitioned\": false, \"partitionConcurrency\": 1} | partitioned",
                "{\"partitionRateLimit\": {\"period\": \"PT1S\"}}         | partitionRateLimit",
            })
    void shouldNameTheSettingThatIsWrong(String body, String field) throws Exception {
        JsonNode problem = problem(400, put("/queues/q", body));

        assertEquals(field, problem.get("field").asText(), problem.toString());
        assertTrue(problem.get("detail").asText().contains(field), problem.toString());
        assertNull(engine.queueSettings("q"));
    }

    @Test
    void shouldNotTakeAllLimitsOffForWantOfABody() throws Exception {
        assertTrue(problem(400, put("/queues/q", "")).get("detail").asText().contains("no body"));
        assertNull(engine.queueSettings("q"));
    }

    @Test
    void shouldSayWhyTheEngineRefusesSettings() throws Exception {
        engine.refuseQueues("there are too many queues");

        JsonNode problem = problem(400, put("/queues/q", "{}"));

        assertEquals("q", problem.get("queue").asText());
        assertTrue(problem.get("detail").asText().contains("there are too many queues"), problem.toString());
    }

    @Test
    void shouldListQueuesWithWhatIsOnThem() throws Exception {
        start("a", "b");
        engine.workflow("a").setStatus(WorkflowStatus.RUNNING);
        put("/queues/other", "{\"concurrency\": 0}");

        JsonNode items = json(200, get("/queues")).get("items");

        assertEquals(2, items.size());
        JsonNode first = items.get(0);
        assertEquals("default", first.get("queue").asText());
        assertEquals(1, first.get("depth").asInt());
        assertEquals(1, first.get("running").asInt());
        assertEquals("2026-01-01T00:00:00Z", first.get("oldestEnqueuedAt").asText());
        assertFalse(Duration.parse(first.get("oldestAge").asText()).isNegative());
        assertEquals("a worker", first.get("waitingFor").asText());
        assertFalse(first.has("slotsHeld") || first.has("updatedAt"), first.toString());
        assertEquals(0, items.get(1).get("concurrency").asInt());
        assertEquals(0, items.get(1).get("slotsHeld").asInt());
    }

    @Test
    void shouldTellAnUnknownQueueFromAnEmptyOne() throws Exception {
        put("/queues/empty", "{}");

        assertEquals(
                "unknown", problem(404, get("/queues/unknown")).get("queue").asText());
        assertEquals(
                "unknown",
                problem(404, get("/queues/unknown/workflows")).get("queue").asText());
        assertEquals("{\"items\":[]}", get("/queues/empty/workflows").body());
        json(200, get("/queues/default"));
        assertEquals("queue", problem(400, get("/queues/%20")).get("field").asText());
        assertEquals(
                "queue", problem(400, put("/queues/%20", "{}")).get("field").asText());
        problem(413, get("/queues/" + "x".repeat(257)));
        problem(413, put("/queues/" + "x".repeat(257), "{}"));
    }

    @Test
    void shouldListWhatWaitsInOrderPageByPage() throws Exception {
        start("c", "b", "a");
        engine.workflow("c").setPriority(1);
        engine.workflow("b").setPartitionKey("k");

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(200, get("/queues/default/workflows?limit=2" + cursor));
            page.get("items")
                    .forEach(item -> seen.add(item.get("position").asText() + " "
                            + item.get("workflowId").asText() + " "
                            + item.get("priority").asText()));
            cursor =
                    page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
        } while (!cursor.isEmpty());

        assertEquals(List.of("1 c 1", "2 a 100", "3 b 100"), seen);
        JsonNode ofKey = json(200, get("/queues/default/workflows?partitionKey=k"));
        assertEquals(1, ofKey.get("items").size());
        JsonNode item = ofKey.get("items").get(0);
        assertEquals("k", item.get("partitionKey").asText());
        assertEquals("ENQUEUED", item.get("status").asText());
        assertEquals("2026-01-01T00:00:00Z", item.get("enqueuedAt").asText());
        assertFalse(Duration.parse(item.get("age").asText()).isNegative());
        assertFalse(item.has("input"), item.toString());
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=501", "limit=x", "cursor=abc", "partitionKey=", "order=desc"})
    void shouldNameTheParameterThatIsWrong(String parameter) throws Exception {
        JsonNode problem = problem(400, get("/queues/default/workflows?" + parameter));

        assertEquals(parameter.split("=")[0], problem.get("field").asText());
    }

    @Test
    void shouldRefuseTheCursorOfAnotherQueue() throws Exception {
        start("a", "b");
        String cursor = json(200, get("/queues/default/workflows?limit=1"))
                .get("nextCursor")
                .asText();

        assertEquals(
                "cursor",
                problem(400, get("/queues/other/workflows?cursor=" + cursor))
                        .get("field")
                        .asText());
    }

    @Test
    void shouldStartWithAPlaceInTheQueue() throws Exception {
        JsonNode workflow = json(201, post("/workflows", """
                {"name": "t", "workflowId": "w", "queue": "shop", "priority": 7, "deduplicationId": "d",
                 "deduplicationPolicy": "RETURN_EXISTING", "partitionKey": "k"}"""));

        Start start = engine.start("w");
        assertEquals(7, start.getPriority());
        assertEquals("d", start.getDeduplicationId());
        assertEquals(DeduplicationPolicy.RETURN_EXISTING, start.getDeduplicationPolicy());
        assertEquals("k", start.getPartitionKey());
        assertEquals(7, workflow.get("priority").asInt());
        assertEquals("d", workflow.get("deduplicationId").asText());
        assertEquals("k", workflow.get("partitionKey").asText());
        assertFalse(workflow.get("expedited").asBoolean());
    }

    @Test
    void shouldNameTheWorkflowThatHoldsTheDeduplicationId() throws Exception {
        post("/workflows", "{\"name\": \"t\", \"workflowId\": \"first\", \"deduplicationId\": \"d\"}");

        JsonNode refused = problem(
                409, post("/workflows", "{\"name\": \"t\", \"workflowId\": \"w\", \"deduplicationId\": \"d\"}"));
        assertEquals("first", refused.get("deduplicationHolder").asText());
        assertTrue(refused.get("detail").asText().contains("first"), refused.toString());
        HttpResponse<String> found = post(
                "/workflows",
                "{\"name\": \"t\", \"deduplicationId\": \"d\", \"deduplicationPolicy\": \"RETURN_EXISTING\"}");
        assertEquals("first", json(200, found).get("workflowId").asText());
        assertEquals(
                "/api/v1/workflows/first",
                found.headers().firstValue("Location").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"priority\": 0                                             | priority",
                "\"priority\": 1000001                                       | priority",
                "\"priority\": \"high\"                                      | priority",
                "\"deduplicationId\": \"\"                                   | deduplicationId",
                "\"deduplicationPolicy\": \"REJECT\"                         | deduplicationPolicy",
                "\"deduplicationId\": \"d\", \"deduplicationPolicy\": \"ASK\"  | deduplicationPolicy",
                "\"partitionKey\": \" \"                                     | partitionKey",
            })
    void shouldNameTheFieldOfAStartThatIsWrong(String fields, String field) throws Exception {
        JsonNode problem = problem(400, post("/workflows", "{\"name\": \"t\", " + fields + "}"));

        assertEquals(field, problem.get("field").asText());
        assertTrue(problem.get("detail").asText().contains(field), problem.toString());
    }

    @Test
    void shouldMoveAndReprioritiseMany() throws Exception {
        start("a", "b");

        JsonNode report = json(
                200,
                post(
                        "/workflows:move",
                        "{\"filter\": {\"queue\": \"default\"}, \"queue\": \"slow\", \"priority\": 2}"));
        assertEquals(2, report.get("accepted").asInt());
        assertEquals("slow", command("b").getMoveToQueue().getQueue());
        assertEquals(2, command("b").getMoveToQueue().getPriority());
        json(200, post("/workflows:priority", "{\"workflowIds\": [\"a\"], \"priority\": 5}"));
        assertEquals(5, command("a").getSetPriority().getPriority());
        assertEquals(
                "queue",
                problem(400, post("/workflows:move", "{\"filter\": {}, \"queue\": \" \"}"))
                        .get("field")
                        .asText());
        assertEquals(
                "priority",
                problem(400, post("/workflows:priority", "{\"filter\": {}, \"priority\": 0}"))
                        .get("field")
                        .asText());
    }

    @Test
    void shouldAnswer503WhenTheEngineIsAway() throws Exception {
        engine.fallSilent();

        problem(503, get("/queues"));
        problem(503, get("/queues/q"));
        problem(503, get("/queues/q/workflows"));
        problem(503, put("/queues/q", "{}"));
    }

    private QueueOptions options(String queue) {
        return QueueOptions.of(Objects.requireNonNull(engine.queueSettings(queue)));
    }
}
