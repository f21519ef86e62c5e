package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.client.SeenWorker;
import io.millrace.schemas.Failure;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.Unpaused;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.schemas.WorkflowStatus;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real answers of every operation are as the document says, to the last member. */
class OpenApiAnswersTest extends ApiTest {
    private static final String API = "/api/v1";

    /** A stream, which has tests of its own. */
    private static final Set<String> NOT_HERE = Set.of("GET /api/v1/events");

    /** What nobody can ask for in a wrong way. */
    private static final Set<String> CANNOT_FAIL = Set.of(
            "GET /openapi.json", "GET /api/v1/openapi.json", "GET /api/v1/me", "GET /metrics", "GET /health/live");

    private OpenApiDocument document;
    private final Set<String> answered = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();

    @BeforeEach
    void read() throws Exception {
        document = new OpenApiDocument(get("/openapi.json").body());
    }

    @Test
    void shouldAnswerAsDescribed() throws Exception {
        prepare();
        looks();
        commands();
        many();
        queues();
        operations();

        Set<String> all = new TreeSet<>(document.operations());
        all.removeAll(NOT_HERE);
        assertEquals(all, answered);
        all.removeAll(CANNOT_FAIL);
        assertEquals(all, refused);
    }

    private void prepare() throws Exception {
        ask(
                201,
                "POST",
                "/workflows",
                API + "/workflows",
                "{\"name\":\"t\",\"workflowId\":\"w\",\"timeout\":\"PT1H\","
                        + "\"input\":{\"n\":1},\"attributes\":{\"k\":\"v\"},\"priority\":5}");
        ask(200, "POST", "/workflows", API + "/workflows", "{\"name\":\"t\",\"workflowId\":\"w\"}");
        ask(400, "POST", "/workflows", API + "/workflows", "{}");
        ask(413, "POST", "/workflows", API + "/workflows", "{\"name\":\"" + "x".repeat(300) + "\"}");
        start("failed", "done");
        engine.workflow("failed").setFailure(new Failure("E", "no stock", "at X"));
        engine.end("failed", WorkflowStatus.FAILED, null);
        engine.workflow("done").setStartedAtMs(1L);
        engine.workflow("done").setCompletedAtMs(2L);
        engine.workflow("done").setWorkerId("w-1");
        engine.end("done", WorkflowStatus.COMPLETED, "\"x\"");
        engine.workflow("done").setWaitingFor(null);
        engine.steps("w", step(StepStatus.COMPLETED), step(StepStatus.RETRYING), step(StepStatus.FAILED));
        engine.setValue("w", "progress", FakeEngine.json("0.5"));
        engine.addHistory(
                "w", 5, HistoryFact.newBuilder().setUnpaused(new Unpaused()).build());
    }

    private void looks() throws Exception {
        look(200, "/workflows", "?limit=2&order=asc&status=ENQUEUED,FAILED");
        look(400, "/workflows", "?statsu=FAILED");
        look(200, "/workflows:count", "");
        look(400, "/workflows:count", "?limit=1");
        for (String id : List.of("w", "failed", "done")) {
            one(200, id, "");
        }
        one(404, "unknown", "");
        one(200, "w", "/steps");
        one(404, "unknown", "/steps");
        one(200, "done", "/result");
        one(202, "w", "/result");
        one(409, "failed", "/result");
        one(200, "w", "/history");
        one(404, "unknown", "/history");
        one(200, "w", "/forks");
        one(404, "unknown", "/forks");
        ask(200, "GET", "/workflows/{id}/values/{key}", API + "/workflows/w/values/progress", null);
        ask(404, "GET", "/workflows/{id}/values/{key}", API + "/workflows/w/values/other", null);
    }

    private void commands() throws Exception {
        for (String verb : List.of("cancel", "terminate", "pause", "unpause", "resume")) {
            command(202, verb, "{\"reason\":\"why\"}");
        }
        command(202, "rewind", "{\"startStep\":1}");
        command(202, "priority", "{\"priority\":1}");
        command(202, "move", "{\"queue\":\"other\"}");
        command(202, "messages", "{\"payload\":null}");
        command(201, "fork", "{\"startStep\":1}");
        for (String verb : List.of(
                "cancel",
                "terminate",
                "pause",
                "unpause",
                "resume",
                "rewind",
                "priority",
                "move",
                "messages",
                "fork")) {
            command(400, verb, "{\"unknown\":1}");
        }
        engine.refuse("w", "it cannot be paused as it is");
        command(409, "pause", "");
    }

    private void many() throws Exception {
        for (String verb : List.of("cancel", "terminate", "resume", "fork")) {
            many(200, verb, "{\"workflowIds\":[\"w\",\"done\",\"unknown\"]}");
        }
        many(200, "priority", "{\"filter\":{},\"priority\":1}");
        many(200, "move", "{\"filter\":{\"status\":\"ENQUEUED\"},\"queue\":\"q\"}");
        many(200, "cancel", "{\"filter\":{},\"dryRun\":true}");
        for (String verb : List.of("cancel", "terminate", "resume", "fork", "priority", "move")) {
            many(400, verb, "{}");
        }
        many(413, "cancel", "{\"filter\":{},\"limit\":1}");
    }

    private void queues() throws Exception {
        ask(
                200,
                "PUT",
                "/queues/{queue}",
                API + "/queues/default",
                "{\"concurrency\":1,\"rateLimit\":{\"permits\":1,\"period\":\"PT1S\"},\"partitioned\":true}");
        ask(400, "PUT", "/queues/{queue}", API + "/queues/default", "{\"concurrency\":-1}");
        ask(200, "GET", "/queues/{queue}", API + "/queues/default", null);
        ask(404, "GET", "/queues/{queue}", API + "/queues/unknown", null);
        ask(200, "GET", "/queues/{queue}/workflows", API + "/queues/default/workflows?limit=1", null);
        ask(404, "GET", "/queues/{queue}/workflows", API + "/queues/unknown/workflows", null);
        look(200, "/queues", "");
        look(400, "/queues", "?x=1");
    }

    private void operations() throws Exception {
        engine.add(new SeenWorker(
                "w-1",
                WorkerHeartbeat.newBuilder()
                        .setHost("h")
                        .setStartedAtMs(0)
                        .setLeaseMs(10_000)
                        .setQueues(List.of("q"))
                        .setWorkflowTypes(List.of("t"))
                        .setSlots(1)
                        .build(),
                5,
                true));
        look(200, "/workers", "");
        look(200, "/openapi.json", "");
        look(200, "/me", "");
        for (String path : List.of("/openapi.json", "/metrics", "/health/live", "/health/ready")) {
            check(200, "GET " + path, send(request(path).build()));
        }
        readiness = Readiness.notYet("starting");
        check(503, "GET /health/ready", send(request("/health/ready").build()));
        engine.fallSilent();
        look(503, "/workers", "");
    }

    private static RecordedStep step(StepStatus status) {
        return RecordedStep.newBuilder()
                .setSeq(1)
                .setName("s")
                .setKind(StepKind.STEP)
                .setStatus(status)
                .setFailure(status == StepStatus.FAILED ? new Failure("E", null, null) : null)
                .setOutput(status == StepStatus.COMPLETED ? FakeEngine.json("[1]") : null)
                .build();
    }

    private void look(int status, String path, String query) throws Exception {
        ask(status, "GET", path, API + path + query, null);
    }

    private void one(int status, String id, String part) throws Exception {
        ask(status, "GET", "/workflows/{id}" + part, API + "/workflows/" + id + part, null);
    }

    private void command(int status, String verb, String body) throws Exception {
        ask(status, "POST", "/workflows/{id}/" + verb, API + "/workflows/w/" + verb, body);
    }

    private void many(int status, String verb, String body) throws Exception {
        ask(status, "POST", "/workflows:" + verb, API + "/workflows:" + verb, body);
    }

    private void ask(int status, String method, String path, String target, String body) throws Exception {
        HttpRequest.BodyPublisher sent =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        check(
                status,
                method + " " + API + path,
                send(request(target)
                        .header("Content-Type", "application/json")
                        .method(method, sent)
                        .build()));
    }

    private void check(int status, String operation, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), operation + ": " + response.body());
        document.check(operation, response);
        (status < 400 ? answered : refused).add(operation);
    }
}
