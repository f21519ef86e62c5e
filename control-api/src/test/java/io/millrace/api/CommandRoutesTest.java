package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.Command;
import io.millrace.schemas.Fork;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.SendMessage;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.WorkflowStatus;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRoutesTest extends ApiTest {
    @Test
    void shouldAnswerWithTheEnginesDecision() throws Exception {
        start("a/b");

        HttpResponse<String> response =
                post("/workflows/a%2Fb/cancel", "{\"reason\": \"why\", \"commandId\": \"c-1\", \"cascade\": false}");

        assertEquals(
                "{\"commandId\":\"c-1\",\"workflowId\":\"a/b\",\"outcome\":\"ACCEPTED\",\"status\":\"CANCELLED\"}",
                response.body());
        assertEquals(202, response.statusCode());
        assertEquals("c-1", command("a/b").getCommandId());
        assertEquals("why", command("a/b").getReason());
        assertFalse(command("a/b").getCancel().getCascade());
    }

    @ParameterizedTest
    @CsvSource({
        "cancel, CANCELLED",
        "terminate, TERMINATED",
        "pause, PAUSED",
        "unpause, ENQUEUED",
        "resume, ENQUEUED",
    })
    void shouldTakeCommandsWithoutABody(String command, String status) throws Exception {
        start("w");

        JsonNode answer = json(202, post("/workflows/w/" + command, ""));

        assertEquals(status, answer.get("status").asText());
        assertFalse(answer.get("commandId").asText().isBlank());
        assertNull(command("w").getReason());
    }

    @Test
    void shouldSendEachCommandAsItIsNamed() throws Exception {
        start("w");

        post("/workflows/w/cancel", "{}");
        assertTrue(command("w").getCancel().getCascade());
        post("/workflows/w/terminate", "{\"cascade\": false}");
        assertFalse(command("w").getTerminate().getCascade());
        post("/workflows/w/pause", "{\"reason\": \"lunch\"}");
        assertNotNull(command("w").getPause());
        assertEquals("lunch", command("w").getReason());
        post("/workflows/w/unpause", "{}");
        assertNotNull(command("w").getUnpause());
        post("/workflows/w/resume", "{\"queue\": \"slow\"}");
        assertEquals("slow", command("w").getResume().getQueue());
    }

    @Test
    void shouldGiveTheSameAnswerToTheSameCommandId() throws Exception {
        start("w");
        String first = post("/workflows/w/cancel", "{\"commandId\": \"c\"}").body();
        engine.workflow("w").setStatus(WorkflowStatus.RUNNING);

        assertEquals(
                first, post("/workflows/w/cancel", "{\"commandId\": \"c\"}").body());
        assertEquals(WorkflowStatus.RUNNING, engine.workflow("w").getStatus());
    }

    @Test
    void shouldPassOnWhatElseThereIsToSay() throws Exception {
        start("w");
        post("/workflows/w/cancel", "");

        JsonNode second = json(202, post("/workflows/w/cancel", ""));

        assertEquals(
                "it is CANCELLED already: nothing has changed",
                second.get("note").asText());
    }

    @Test
    void shouldRewindFromAStepHoweverItIsNamed() throws Exception {
        start("w");

        json(202, post("/workflows/w/rewind", "{\"startStep\": 3, \"reason\": \"why\"}"));
        assertEquals(3, command("w").getRewind().getFrom().getStep());
        assertEquals("why", command("w").getReason());
        json(202, post("/workflows/w/rewind", "{\"stepName\": \"charge\", \"from\": null}"));
        assertEquals("charge", command("w").getRewind().getFrom().getStepName());
        json(202, post("/workflows/w/rewind", "{\"from\": \"LAST_STEP\"}"));
        assertEquals(StepPoint.LAST_STEP, command("w").getRewind().getFrom().getPoint());
    }

    @Test
    void shouldForkAndSayWhereTheForkIs() throws Exception {
        start("w");

        HttpResponse<String> response = post("/workflows/w/fork", """
                {"startStep": 1, "workflowId": "w 2", "applicationVersion": "1.4", "queue": "slow", "timeout": "PT1H",
                 "input": {"n": 1.00}, "reason": "why", "commandId": "c"}""");

        assertEquals(201, response.statusCode());
        assertEquals(
                "{\"workflowId\":\"w 2\",\"commandId\":\"c\",\"forkedFrom\":\"w\",\"status\":\"ENQUEUED\"}",
                response.body());
        assertEquals(
                "/api/v1/workflows/w%202",
                response.headers().firstValue("Location").orElseThrow());
        Fork fork = command("w").getFork();
        assertEquals(1, fork.getFrom().getStep());
        assertEquals("1.4", fork.getApplicationVersion());
        assertEquals("slow", fork.getQueue());
        assertEquals(3_600_000L, fork.getTimeoutMs());
        assertEquals(FakeEngine.json("{\"n\": 1.00}"), fork.getNewInput().getInput());
        assertEquals("why", command("w").getReason());
    }

    @Test
    void shouldForkUnderANewIdWithWhatTheSourceHas() throws Exception {
        start("w");

        JsonNode answer = json(201, post("/workflows/w/fork", "{\"from\": \"LAST_FAILURE\"}"));

        Command command = command("w");
        assertEquals(command.getFork().getWorkflowId(), answer.get("workflowId").asText());
        assertEquals(command.getCommandId(), answer.get("commandId").asText());
        assertEquals(StepPoint.LAST_FAILURE, command.getFork().getFrom().getPoint());
        assertNull(command.getFork().getNewInput());
        assertNull(command.getFork().getQueue());
        assertNull(command.getFork().getTimeoutMs());
        JsonNode fork = json(200, get("/workflows/" + answer.get("workflowId").asText()));
        assertEquals("w", fork.get("forkedFrom").asText());
        assertEquals(1, fork.get("forkedFromStep").asInt());
    }

    @Test
    void shouldTellAnInputOfNothingFromNoOtherInput() throws Exception {
        start("w");

        json(201, post("/workflows/w/fork", "{\"startStep\": 1, \"input\": null}"));

        assertNotNull(command("w").getFork().getNewInput());
        assertNull(command("w").getFork().getNewInput().getInput());
    }

    @Test
    void shouldGiveAnotherPriorityAndMoveToAnotherQueue() throws Exception {
        start("w");

        json(202, post("/workflows/w/priority", "{\"priority\": 7, \"reason\": \"why\"}"));
        assertEquals(7, command("w").getSetPriority().getPriority());
        assertEquals("why", command("w").getReason());
        json(
                202,
                post(
                        "/workflows/w/move",
                        "{\"queue\": \"slow\", \"priority\": 3, \"partitionKey\": \"k\", \"reason\": \"why\"}"));
        assertEquals(new MoveToQueue("slow", 3, "k"), command("w").getMoveToQueue());
        assertEquals("why", command("w").getReason());
        json(202, post("/workflows/w/move", "{\"queue\": \"other\", \"commandId\": \"c\"}"));
        assertEquals(new MoveToQueue("other", null, null), command("w").getMoveToQueue());
    }

    @Test
    void shouldSendMessagesByteForByte() throws Exception {
        start("w");
        for (String payload : List.of("{\"n\": 1.00,  \"z\":[1,2]}", "1.50", "\"tä\\u00e9 €\"", "null")) {
            json(202, post("/workflows/w/messages", "{\"payload\":  " + payload + " , \"idempotencyKey\": \"k\"}"));

            SendMessage message = command("w").getSendMessage();
            assertEquals(FakeEngine.json(payload), message.getPayload());
            assertEquals("default", message.getTopic());
            assertEquals("k", message.getIdempotencyKey());
        }
        json(202, post("/workflows/w/messages", "{\"payload\": 1, \"topic\": \"paid\"}"));
        assertEquals("paid", command("w").getSendMessage().getTopic());
    }
}
