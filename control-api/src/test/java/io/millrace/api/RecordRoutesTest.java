package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRoutesTest extends ApiTest {
    private static final long AT_MS = 1_767_225_600_000L;

    @Test
    void shouldShowWhatHappenedAndWhoWantedItAndWhy() throws Exception {
        start("w");
        engine.addHistory("w", AT_MS, granted(7));
        engine.addHistory("w", AT_MS + 1, cancelAsked(), stepCompleted(FakeEngine.json("{\"n\": 1.00}")));

        JsonNode history = json(200, get("/workflows/w/history"));

        assertEquals(
                "{\"number\":1,\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"granted\",\"workerId\":\"worker-1\",\"epoch\":1,"
                        + "\"grantNumber\":7}",
                history.at("/items/0").toString());
        assertEquals(
                "{\"number\":2,\"at\":\"2026-01-01T00:00:00.001Z\",\"type\":\"cancelAsked\",\"commandId\":\"c\","
                        + "\"issuer\":\"ann\",\"reason\":\"why\",\"cascade\":true}",
                history.at("/items/1").toString());
        assertEquals("stepCompleted", history.at("/items/2/type").asText());
        assertEquals(2, history.at("/items/2/number").asInt());
        assertFalse(history.has("nextCursor"));
    }

    @Test
    void shouldShowPayloadsAsJsonWhereTheyAre() throws Exception {
        start("w");
        engine.addHistory("w", AT_MS, stepCompleted(FakeEngine.json("{\"n\": 1.00}")));
        engine.addHistory("w", AT_MS, stepCompleted(new Payload("protobuf", ByteBuffer.wrap(new byte[] {1}))));

        String body = get("/workflows/w/history").body();

        assertTrue(body.contains("\"output\":{\"n\": 1.00}"), body);
        assertTrue(body.contains("\"output\":{\"codec\":\"protobuf\",\"base64\":\"AQ==\"}"), body);
    }

    @Test
    void shouldPageThroughHistory() throws Exception {
        start("w");
        for (int number = 1; number <= 3; number++) {
            engine.addHistory("w", AT_MS, granted(number), cancelAsked());
        }

        JsonNode first = json(200, get("/workflows/w/history?limit=2"));
        JsonNode second = json(
                200, get("/workflows/w/history?from=" + first.get("nextCursor").asText()));

        assertEquals(4, first.get("items").size());
        assertEquals(3, second.at("/items/0/number").asInt());
        assertEquals(2, second.get("items").size());
        assertFalse(second.has("nextCursor"));
    }

    @Test
    void shouldHaveAPlaceForEveryFieldOfEveryFact() {
        for (Schema.Field fact : HistoryFact.getClassSchema().getFields()) {
            Set<String> names = new HashSet<>(List.of("number", "at", "type"));
            for (Schema.Field detail : fact.schema().getTypes().get(1).getFields()) {
                assertTrue(
                        names.add(HistoryJson.fieldName(fact.name(), detail.name())),
                        fact.name() + "." + detail.name() + " would stand there twice");
            }
        }
        for (String type : HistoryJson.NUMBERS.keySet()) {
            assertTrue(HistoryFact.getClassSchema().getField(type) != null, type + " is no fact");
        }
    }

    @Test
    void shouldShowValues() throws Exception {
        start("w");
        engine.setValue("w", "a/b", FakeEngine.json("{\"n\": 1.00}"));

        HttpResponse<String> response = get("/workflows/w/values/a%2Fb");

        assertEquals("{\"key\":\"a/b\",\"value\":{\"n\": 1.00}}", response.body());
        JsonNode problem = problem(404, get("/workflows/w/values/other"));
        assertEquals("other", problem.get("key").asText());
        assertEquals("w", problem.get("workflowId").asText());
        assertFalse(problem(404, get("/workflows/unknown/values/a")).has("key"));
    }

    @Test
    void shouldWaitForAValueButNotForOneThatCannotComeAnyMore() throws Exception {
        start("w");
        CompletableFuture<HttpResponse<String>> value = http.sendAsync(
                request("/api/v1/workflows/w/values/k?wait=PT1M").build(), HttpResponse.BodyHandlers.ofString());
        problem(404, get("/workflows/w/values/k?wait=PT0.05S"));

        engine.setValue("w", "k", FakeEngine.json("1"));

        assertEquals(1, json(200, value.get()).get("value").asInt());
        engine.end("w", WorkflowStatus.FAILED, null);
        problem(404, get("/workflows/w/values/other?wait=PT5M"));
    }

    @Test
    void shouldListForksOldestFirst() throws Exception {
        start("w");
        for (int step = 1; step <= 3; step++) {
            json(201, post("/workflows/w/fork", "{\"startStep\": " + step + ", \"workflowId\": \"f" + step + "\"}"));
        }

        JsonNode first = json(200, get("/workflows/w/forks?limit=2"));
        JsonNode second = json(
                200,
                get("/workflows/w/forks?limit=2&cursor="
                        + first.get("nextCursor").asText()));

        assertEquals(
                "{\"workflowId\":\"f1\",\"startStep\":1,\"at\":\"2026-01-01T00:00:01Z\"}",
                first.at("/items/0").toString());
        assertEquals("f3", second.at("/items/0/workflowId").asText());
        assertFalse(second.has("nextCursor"));
    }

    @Test
    void shouldShowWhereAWorkflowComesFrom() throws Exception {
        start("w");
        JsonNode plain = json(200, get("/workflows/w"));
        assertTrue(plain.get("parent").isNull() && plain.get("forkedFromStep").isNull());
        assertEquals(0, plain.get("run").asInt());
        engine.workflow("w").setParentWorkflowId("p");
        engine.workflow("w").setParentStep(3);
        engine.workflow("w").setForkedFrom("f");
        engine.workflow("w").setForkedFromStep(2);
        engine.workflow("w").setRun(1);

        JsonNode workflow = json(200, get("/workflows/w"));

        assertEquals("p", workflow.get("parent").asText());
        assertEquals(3, workflow.get("parentStep").asInt());
        assertEquals("f", workflow.get("forkedFrom").asText());
        assertEquals(2, workflow.get("forkedFromStep").asInt());
        assertEquals(1, workflow.get("run").asInt());
    }

    @Test
    void shouldShowWhatStepsAre() throws Exception {
        start("w");
        RecordedStep child = step(1, StepKind.CHILD, StepStatus.CANCELLED);
        child.setChildWorkflowId("w/1");
        RecordedStep beating = step(2, StepKind.STEP, StepStatus.RETRYING);
        beating.setHeartbeatDetails(FakeEngine.json("{\"done\":5}"));
        engine.steps("w", child, beating);

        JsonNode steps = json(200, get("/workflows/w/steps"));

        assertEquals("CHILD", steps.at("/items/0/kind").asText());
        assertEquals("CANCELLED", steps.at("/items/0/status").asText());
        assertEquals("w/1", steps.at("/items/0/childWorkflowId").asText());
        assertEquals(5, steps.at("/items/1/heartbeatDetails/done").asInt());
        assertTrue(steps.at("/items/1/childWorkflowId").isNull());
    }

    @ParameterizedTest
    @CsvSource({
        "history?from=0, from",
        "history?from=x, from",
        "history?limit=1001, limit",
        "history?cursor=1, cursor",
        "values/k?wait=5, wait",
        "values/k?wait=PT1H, wait",
        "values/k?wiat=PT1S, wiat",
        "forks?limit=0, limit",
        "forks?cursor=*, cursor",
    })
    void shouldNameTheParameterThatIsWrong(String path, String parameter) throws Exception {
        start("w");

        assertEquals(
                parameter,
                problem(400, get("/workflows/w/" + path)).get("field").asText());
    }

    @Test
    void shouldSayThatThereIsNoSuchWorkflow() throws Exception {
        problem(404, get("/workflows/unknown/history"));
        problem(404, get("/workflows/unknown/forks"));
        problem(404, get("/workflows/unknown/values/k?wait=PT1M"));
    }

    private static HistoryFact granted(long number) {
        HistoryFact fact = new HistoryFact();
        fact.setGranted(new Granted("worker-1", 1L, number, null));
        return fact;
    }

    private static HistoryFact cancelAsked() {
        HistoryFact fact = new HistoryFact();
        fact.setCancelAsked(new CancelAsked("c", "ann", "why", true));
        return fact;
    }

    private static HistoryFact stepCompleted(Payload output) {
        HistoryFact fact = new HistoryFact();
        fact.setStepCompleted(new StepCompleted(1, "charge", output, null, 1, AT_MS, AT_MS));
        return fact;
    }

    private static RecordedStep step(int seq, StepKind kind, StepStatus status) {
        return RecordedStep.newBuilder()
                .setSeq(seq)
                .setName("step")
                .setKind(kind)
                .setStatus(status)
                .build();
    }
}
