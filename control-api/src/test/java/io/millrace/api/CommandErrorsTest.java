package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.WorkflowStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandErrorsTest extends ApiTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cancel   | {\"reasn\": \"x\"}                              | reasn",
                "cancel   | {\"cascade\": \"no\"}                           | cascade",
                "cancel   | {\"commandId\": \" \"}                          | commandId",
                "terminate| {\"queue\": \"x\"}                              | queue",
                "pause    | {\"cascade\": true}                             | cascade",
                "unpause  | {\"reason\": 1}                                 | reason",
                "resume   | {\"queue\": \"\"}                               | queue",
                "rewind   | {}                                              | startStep",
                "rewind   | {\"startStep\": \"3\"}                          | startStep",
                "rewind   | {\"startStep\": 3.5}                            | startStep",
                "rewind   | {\"startStep\": 99999999999}                    | startStep",
                "rewind   | {\"startStep\": 3, \"from\": \"LAST_STEP\"}     | from",
                "rewind   | {\"from\": \"THE_END\"}                         | from",
                "rewind   | {\"stepName\": \" \"}                           | stepName",
                "fork     | {}                                              | startStep",
                "fork     | {\"startStep\": 1, \"stepName\": \"x\"}         | stepName",
                "fork     | {\"startStep\": 1, \"timeout\": \"1h\"}         | timeout",
                "fork     | {\"startStep\": 1, \"timeout\": \"-PT1H\"}      | timeout",
                "fork     | {\"startStep\": 1, \"workflowId\": \"\"}        | workflowId",
                "fork     | {\"startStep\": 1, \"commandId\": \"\"}         | commandId",
                "priority | {}                                              | priority",
                "priority | {\"priority\": 0}                             | priority",
                "priority | {\"priority\": \"1\"}                         | priority",
                "priority | {\"priority\": 1, \"queue\": \"q\"}           | queue",
                "move     | {}                                              | queue",
                "move     | {\"queue\": \" \"}                              | queue",
                "move     | {\"queue\": \"q\", \"priority\": 1000001}     | priority",
                "move     | {\"queue\": \"q\", \"partitionKey\": \"\"}    | partitionKey",
                "messages | {}                                              | payload",
                "messages | {\"payload\": 1, \"topic\": \"\"}               | topic",
                "messages | {\"payload\": 1, \"idempotencyKey\": \"\"}      | idempotencyKey",
            })
    void shouldNameTheFieldThatIsWrong(String command, String body, String field) throws Exception {
        start("w");

        JsonNode problem = problem(400, post("/workflows/w/" + command.strip(), body));

        assertEquals(field, problem.get("field").asText());
        assertTrue(problem.get("detail").asText().contains(field), problem.toString());
        assertNull(engine.lastCommand("w"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cancel",
                "terminate",
                "pause",
                "unpause",
                "resume",
                "rewind",
                "fork",
                "priority",
                "move",
                "messages"
            })
    void shouldTellTheUnknownFromTheRefused(String command) throws Exception {
        start("w");
        engine.end("w", WorkflowStatus.COMPLETED, null);
        engine.refuse("w", "it is COMPLETED");
        String body = switch (command) {
            case "rewind", "fork" -> "{\"startStep\": 1}";
            case "priority" -> "{\"priority\": 1}";
            case "move" -> "{\"queue\": \"q\"}";
            case "messages" -> "{\"payload\": 1}";
            default -> "";
        };

        assertEquals(
                "unknown",
                problem(404, post("/workflows/unknown/" + command, body))
                        .get("workflowId")
                        .asText());
        problem(404, post("/workflows/%20/" + command, body));
        JsonNode refused = problem(409, post("/workflows/w/" + command, body));
        assertTrue(refused.get("detail").asText().contains("it is COMPLETED"), refused.toString());
        assertEquals("w", refused.get("workflowId").asText());
        assertEquals("COMPLETED", refused.get("workflowStatus").asText());
        assertEquals(command("w").getCommandId(), refused.get("commandId").asText());
    }

    @Test
    void shouldSayHowLargeIsTooLarge() throws Exception {
        start("w");

        JsonNode problem = problem(413, post("/workflows/w/cancel", "{\"reason\": \"" + "x".repeat(2_001) + "\"}"));
        assertEquals("reason", problem.get("field").asText());
        assertEquals(2_000, problem.get("limit").asInt());
        assertEquals(2_001, problem.get("size").asInt());
        problem(413, post("/workflows/w/messages", "{\"payload\": \"" + "x".repeat(480 * 1024) + "\"}"));
        problem(413, post("/workflows/" + "x".repeat(257) + "/cancel", ""));
    }

    @Test
    void shouldRefuseQueryParametersBecauseTheyWouldDoNothing() throws Exception {
        start("w");

        assertEquals(
                "reason",
                problem(400, post("/workflows/w/cancel?reason=x", ""))
                        .get("field")
                        .asText());
    }

    @Test
    void shouldNameTheCommandThatNoEngineAnswered() throws Exception {
        engine.fallSilent();

        JsonNode problem = problem(503, post("/workflows/w/cancel", "{\"commandId\": \"c\"}"));

        assertEquals("c", problem.get("commandId").asText());
    }

    @Test
    void shouldSayThatAForkWasMadeEvenIfItCannotBeShown() throws Exception {
        start("w");
        engine.answerNoQueries();

        JsonNode problem = problem(
                503, post("/workflows/w/fork", "{\"startStep\": 1, \"workflowId\": \"f\", \"commandId\": \"c\"}"));

        assertTrue(problem.get("detail").asText().contains("\"f\" was made"), problem.toString());
        assertEquals("f", problem.get("forkWorkflowId").asText());
        assertEquals("c", problem.get("commandId").asText());
    }
}
