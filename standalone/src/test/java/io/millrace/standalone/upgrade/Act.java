package io.millrace.standalone.upgrade;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Topic;
import io.millrace.standalone.crash.ApiProbe;
import io.millrace.standalone.crash.ApiProbe.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;

/** Something that is done to a workflow, or waited for, by doors that everybody has. */
@FunctionalInterface
interface Act {
    void on(Installation millrace, String workflowId);

    /** Starts it with this script. */
    static Act start(String script) {
        return start(script, "");
    }

    /**
     * The same with more.
     *
     * @param more further fields of the start, as JSON
     */
    static Act start(String script, String more) {
        return (millrace, workflowId) ->
                millrace.api().start(startBody(workflowId, script, more)).expected();
    }

    /** Starts it with this script, if that is accepted. */
    static Answer tryToStart(Installation millrace, String workflowId, String script) {
        return millrace.api().start(startBody(workflowId, script, ""));
    }

    private static String startBody(String workflowId, String script, String more) {
        String queue = more.contains("\"queue\"") ? "" : ", \"queue\": \"" + Installation.QUEUE + "\"";
        return "{\"name\": \"%s\", \"workflowId\": \"%s\", \"input\": \"%s\"%s%s}"
                .formatted(ScriptedWorkflow.TYPE, workflowId, script, queue, more.isEmpty() ? "" : ", " + more);
    }

    /** Starts one of the sample worker's. */
    static Act startSample(String type, String input) {
        return (millrace, workflowId) -> millrace.api()
                .start("{\"name\": \"%s\", \"workflowId\": \"%s\", \"input\": %s}".formatted(type, workflowId, input))
                .expected();
    }

    /** Starts it by a record on the topic of commands. */
    static Act startByRecord(String script) {
        return (millrace, workflowId) -> sendCommand(
                millrace,
                workflowId,
                workflowId + "/start",
                Map.of(
                        "start",
                        Map.of(
                                "workflowType",
                                ScriptedWorkflow.TYPE,
                                "queue",
                                Installation.QUEUE,
                                "input",
                                Map.of(
                                        "codec",
                                        "json",
                                        "data",
                                        ByteBuffer.wrap(("\"" + script + "\"").getBytes(StandardCharsets.UTF_8))))),
                1);
    }

    /** Cancels it by a record, always the same one, and waits until that has been answered so many times, always in the same way. */
    static Act cancelByRecord(int answers) {
        return (millrace, workflowId) -> sendCommand(
                millrace, workflowId, workflowId + "/cancel", Map.of("cancel", Map.of("cascade", true)), answers);
    }

    private static void sendCommand(
            Installation millrace, String workflowId, String commandId, Map<String, Object> body, int answers) {
        Map<String, Object> fields = new HashMap<>(body);
        fields.putAll(Map.of("commandId", commandId, "issuer", "a service", "issuedAtMs", System.currentTimeMillis()));
        millrace.send(Topic.COMMANDS, workflowId, PublishedRecords.encode(Build.schemaBefore("Command"), fields));
        List<CommandReply> replies = eventually("the answer to " + commandId)
                .until(
                        () -> millrace.topics().read(Topic.REPLIES, CommandReply.class, commandId),
                        found -> found.size() >= answers);
        assertEquals(answers, replies.size(), () -> "answers to " + commandId + ": " + replies);
        assertEquals(1, replies.stream().distinct().count(), () -> "answers to " + commandId + " differ: " + replies);
    }

    /** Loses it by so many workers that the engine gives it up: reports in its owner's name what no engine can take. */
    static Act exhaust() {
        return (millrace, workflowId) -> {
            while (!status(millrace, workflowId).equals("RETRIES_EXHAUSTED")) {
                JsonNode owned = awaitOwner(millrace, workflowId);
                Map<String, Object> nonsense = Map.of("workflowCompleted", Map.of("stepCount", 1_000));
                byte[] event = PublishedRecords.encode(
                        Build.schemaBefore("WorkerEvent"),
                        Map.of(
                                "workerId", owned.path("workerId").asText(),
                                "epoch", owned.path("attempts").asLong(),
                                "facts", List.of(nonsense)));
                millrace.send(Topic.EVENTS, workflowId, event);
                eventually("the engine to take " + owned.path("workerId") + " for lost")
                        .until(() -> workflow(millrace, workflowId)
                                        .path("recoveryAttempts")
                                        .asInt()
                                > owned.path("recoveryAttempts").asInt());
            }
        };
    }

    private static JsonNode awaitOwner(Installation millrace, String workflowId) {
        return eventually(workflowId + " to be with a worker")
                .until(
                        () -> workflow(millrace, workflowId),
                        found -> !found.path("workerId").isNull());
    }

    /** A command with nothing but its name. */
    static Act command(String name) {
        return command(name, "{}");
    }

    static Act command(String name, String body) {
        return (millrace, workflowId) ->
                millrace.api().post(path(workflowId) + "/" + name, body).expected();
    }

    /** A command to all workflows whose ids begin so, which all take it. */
    static Act commandAll(String name, String idPrefix) {
        return (millrace, workflowId) -> {
            JsonNode report = millrace.api()
                    .post("/workflows:" + name, "{\"filter\": {\"idPrefix\": \"" + idPrefix + "\"}}")
                    .expected();
            assertEquals(0, report.path("rejected").asInt(), report::toString);
            assertTrue(report.path("accepted").asInt() > 0, report::toString);
        };
    }

    /** Sends it a message, always the same one: it takes that once. */
    static Act message(String topic) {
        return command(
                "messages",
                "{\"topic\": \"%s\", \"payload\": \"about %s\", \"idempotencyKey\": \"the only one\"}"
                        .formatted(topic, topic));
    }

    /** Does it to another workflow. */
    static Act to(String otherWorkflowId, Act act) {
        return (millrace, workflowId) -> act.on(millrace, otherWorkflowId);
    }

    static Act inTurn(Act first, Act second) {
        return (millrace, workflowId) -> {
            first.on(millrace, workflowId);
            second.on(millrace, workflowId);
        };
    }

    static Act openGate() {
        return (millrace, workflowId) -> millrace.gates().open(workflowId);
    }

    /** Waits until a step has begun so many times. */
    static Act awaitBegun(int seq, int times) {
        return (millrace, workflowId) -> eventually("step " + seq + " of " + workflowId + " to begin")
                .until(() -> millrace.effects().of(workflowId, seq).size() >= times);
    }

    static Act awaitStatus(String status) {
        return (millrace, workflowId) ->
                eventually(workflowId + " to be " + status).until(() -> status(millrace, workflowId), status::equals);
    }

    /** Waits until a fact of this type is on record. */
    static Act awaitFact(String type) {
        return (millrace, workflowId) -> eventually("\"" + type + "\" of " + workflowId)
                .until(() -> Seen.history(millrace.api(), workflowId).stream()
                        .anyMatch(fact -> fact.path("type").asText().equals(type)));
    }

    /** It stays what it is: others have had time to change it. */
    static Act isStill(String status) {
        return (millrace, workflowId) -> assertEquals(status, status(millrace, workflowId), workflowId);
    }

    /** Another start under its deduplication id is refused. */
    static Act holds(String deduplicationId) {
        return (millrace, workflowId) -> {
            String more = "\"queue\": \"%s\", \"deduplicationId\": \"%s\""
                    .formatted(Installation.ONE_AT_A_TIME, deduplicationId);
            Answer refused = millrace.api().start(startBody("beside-" + workflowId, "step", more));
            assertEquals(409, refused.status(), refused::toString);
            assertEquals(workflowId, refused.body().path("deduplicationHolder").asText(), refused::toString);
        };
    }

    /** A copy from a step on comes to its end. */
    static Act fork(int startStep, String forkId) {
        return (millrace, workflowId) -> {
            command("fork", "{\"startStep\": %d, \"workflowId\": \"%s\"}".formatted(startStep, forkId))
                    .on(millrace, workflowId);
            awaitStatus("COMPLETED").on(millrace, forkId);
        };
    }

    /** Looked for at once, and often: there are many to wait for, one after the other. */
    private static ConditionFactory eventually(String what) {
        return await(what)
                .atMost(Installation.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }

    private static String status(Installation millrace, String workflowId) {
        return workflow(millrace, workflowId).path("status").asText();
    }

    private static JsonNode workflow(Installation millrace, String workflowId) {
        return millrace.api().workflow(workflowId);
    }

    /** Where the API has it. */
    static String path(String workflowId) {
        return "/workflows/" + ApiProbe.inPath(workflowId);
    }
}
