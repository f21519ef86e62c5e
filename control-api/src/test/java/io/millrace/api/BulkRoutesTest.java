package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkRoutesTest extends ApiTest {
    @Test
    void shouldReportWhatBecameOfEach() throws Exception {
        start("a", "b");
        engine.refuse("b", "it is COMPLETED");

        JsonNode report = json(
                200, post("/workflows:cancel", "{\"workflowIds\": [\"a\", \"b\", \"unknown\"], \"reason\": \"why\"}"));

        assertEquals(3, report.get("matched").asInt());
        assertEquals(1, report.get("accepted").asInt());
        assertEquals(2, report.get("rejected").asInt());
        assertEquals(
                "{\"workflowId\":\"a\",\"accepted\":true,\"status\":\"CANCELLED\"}",
                report.at("/items/0").toString());
        assertFalse(report.at("/items/1/accepted").asBoolean());
        assertTrue(report.at("/items/1/note").asText().contains("it is COMPLETED"), report.toString());
        assertEquals("UNKNOWN", report.at("/items/2/status").asText());
        assertEquals("why", command("a").getReason());
    }

    @Test
    void shouldTakeTheFiltersOfTheList() throws Exception {
        start("a");

        json(200, post("/workflows:terminate", """
                {"filter": {"status": ["RUNNING", "enqueued"], "name": "t", "queue": "default", "idPrefix": "a",
                  "version": "1", "createdAfter": "2026-01-01T00:00:00Z", "parent": "p", "forkedFrom": "f",
                  "attribute.k": "v"}, "perSecond": 10000, "limit": 5, "cascade": false}"""));

        assertEquals(
                List.of(WorkflowStatus.RUNNING, WorkflowStatus.ENQUEUED),
                engine.lastConditions().getStatuses());
        assertEquals("t", engine.lastConditions().getWorkflowType());
        assertEquals("v", engine.lastConditions().getAttributes().get("k"));
        assertEquals("p", engine.lastConditions().getParentWorkflowId());
        assertEquals("f", engine.lastConditions().getForkedFrom());
        assertFalse(command("a").getTerminate().getCascade());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "terminate", "resume", "fork"})
    void shouldOnlyCountInADryRun(String command) throws Exception {
        start("a", "b");

        assertEquals(
                "{\"matched\":2}",
                post("/workflows:" + command, "{\"filter\": {}, \"dryRun\": true}")
                        .body());
        assertNull(engine.lastCommand("a"));
    }

    @Test
    void shouldResumeOnAnotherQueue() throws Exception {
        start("a", "b");

        json(200, post("/workflows:resume", "{\"filter\": {\"status\": \"FAILED\"}, \"queue\": \"slow\"}"));

        assertEquals("slow", command("a").getResume().getQueue());
        assertEquals("slow", command("b").getResume().getQueue());
    }

    @Test
    void shouldForkFromTheLastFailureUnlessToldOtherwise() throws Exception {
        start("a", "b");

        JsonNode report = json(200, post("/workflows:fork", "{\"workflowIds\": [\"a\"], \"timeout\": \"PT1H\"}"));

        assertEquals(StepPoint.LAST_FAILURE, command("a").getFork().getFrom().getPoint());
        assertEquals(3_600_000L, command("a").getFork().getTimeoutMs());
        assertEquals(
                command("a").getFork().getWorkflowId(),
                report.at("/items/0/forkWorkflowId").asText());
        json(200, post("/workflows:fork", "{\"workflowIds\": [\"b\"], \"from\": \"LAST_STEP\"}"));
        assertEquals(StepPoint.LAST_STEP, command("b").getFork().getFrom().getPoint());
    }

    @Test
    void shouldHaveOneEffectUnderOneCommandId() throws Exception {
        start("a");
        String body = "{\"workflowIds\": [\"a\"], \"commandId\": \"bulk-1\"}";

        String first = post("/workflows:fork", body).body();

        assertEquals(first, post("/workflows:fork", body).body());
        assertEquals(1, json(200, get("/workflows/a/forks")).get("items").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cancel | ''                                                        | filter",
                "cancel | {}                                                        | filter",
                "cancel | {\"filter\": null}                                        | filter",
                "cancel | {\"filter\": {}, \"workflowIds\": [\"a\"]}                | filter",
                "cancel | {\"filter\": \"FAILED\"}                                  | filter",
                "cancel | {\"filter\": {\"status\": \"BUSY\"}}                      | filter.status",
                "cancel | {\"filter\": {\"status\": [1]}}                           | filter.status",
                "cancel | {\"filter\": {\"statsu\": \"FAILED\"}}                    | filter.statsu",
                "cancel | {\"filter\": {\"name\": [\"a\"]}}                         | filter.name",
                "cancel | {\"filter\": {\"limit\": \"5\"}}                          | filter.limit",
                "cancel | {\"filter\": {\"createdAfter\": \"today\"}}               | filter.createdAfter",
                "cancel | {\"workflowIds\": \"a\"}                                  | workflowIds",
                "cancel | {\"workflowIds\": [null]}                                 | workflowIds",
                "cancel | {\"filter\": {}, \"perSecond\": 0}                        | perSecond",
                "cancel | {\"filter\": {}, \"perSecond\": 10001}                    | perSecond",
                "cancel | {\"filter\": {}, \"limit\": 0}                            | limit",
                "cancel | {\"filter\": {}, \"limit\": 301, \"perSecond\": 1}        | limit",
                "cancel | {\"filter\": {}, \"dryRun\": \"yes\"}                     | dryRun",
                "resume | {\"filter\": {}, \"cascade\": true}                       | cascade",
                "fork   | {\"filter\": {}, \"workflowId\": \"x\"}                   | workflowId",
                "fork   | {\"filter\": {}, \"from\": \"THE_END\"}                   | from",
            })
    void shouldNameTheFieldThatIsWrong(String command, String body, String field) throws Exception {
        start("a");

        JsonNode problem = problem(400, post("/workflows:" + command, body));

        assertEquals(field, problem.get("field").asText(), problem.toString());
        assertNull(engine.lastCommand("a"));
    }

    @Test
    void shouldDoNothingIfThereAreMoreThanExpected() throws Exception {
        start("a", "b");

        JsonNode problem = problem(413, post("/workflows:cancel", "{\"filter\": {}, \"limit\": 1}"));

        assertEquals("limit", problem.get("field").asText());
        assertEquals(1, problem.get("limit").asInt());
        assertEquals(2, problem.get("size").asInt());
        assertNull(engine.lastCommand("a"));
    }

    @Test
    void shouldBoundASlowOneByWhatCanBeDoneInTime() throws Exception {
        start("a");

        assertNotNull(json(200, post("/workflows:cancel", "{\"filter\": {}, \"perSecond\": 1}")));
    }

    @Test
    void shouldHaveNoOtherCommandsForMany() throws Exception {
        problem(404, post("/workflows:pause", "{\"filter\": {}}"));
    }
}
