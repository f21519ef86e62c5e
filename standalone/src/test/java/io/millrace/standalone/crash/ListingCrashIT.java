package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.Readiness;
import io.millrace.client.MillraceClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists are walked through page by page while an engine is killed and comes back: each answer is whole, or says when to ask again. */
final class ListingCrashIT {
    private static final int WORKFLOWS = 40;
    private static final int PER_PAGE = 7;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** Long enough for an engine that is there, and short enough for one that is away to be noticed a few times. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    @RegisterExtension
    static final SharedServer BROKER = new SharedServer();

    @RegisterExtension
    final Children children = new Children();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private int refused;

    @Test
    void shouldListEverythingOrSayWhenToAskAgainWhileAnEngineIsAway() throws Exception {
        Stage stage = BROKER.stageWithoutEngine(children, "listing");
        ChildProcess doomed = stage.startEngine("engine-1");
        stage.startEngine("engine-2");
        try (MillraceClient client = client(stage, Stage.PATIENCE)) {
            EngineCrashIT.awaitShared(stage);
            List<String> oldestFirst = new ArrayList<>();
            for (int n = 0; n < WORKFLOWS; n++) {
                oldestFirst.add(stage.start(client, "listed-" + n, GatedWorkflow.Input.steps(1))
                        .workflowId());
            }
            List<String> newestFirst = new ArrayList<>(oldestFirst);
            Collections.reverse(newestFirst);
            try (MillraceClient impatient = client(stage, ANSWER_WITHIN);
                    ApiServer api = ApiServer.start(ApiConfig.defaults().withPort(0), impatient, Readiness::yes)) {
                String workflows = "http://127.0.0.1:" + api.port() + "/api/v1/workflows";
                assertEquals(newestFirst, walk(workflows, "desc", () -> {}));

                assertEquals(newestFirst, walk(workflows, "desc", doomed::kill));
                assertTrue(refused > 0, "nobody has noticed that an engine was killed");
                assertEquals(WORKFLOWS, count(workflows));

                assertEquals(oldestFirst, walk(workflows, "asc", () -> stage.startEngine("engine-1")));
                EngineCrashIT.awaitShared(stage);
                assertEquals(oldestFirst, walk(workflows, "asc", () -> {}));
                assertEquals(WORKFLOWS, count(workflows));
            }
        }
    }

    private static MillraceClient client(Stage stage, Duration patience) {
        return MillraceClient.builder()
                .namespace(stage.namespace().name())
                .connectTimeout(Stage.PATIENCE)
                .requestTimeout(patience)
                .connect(stage.bootstrapServers());
    }

    /** All pages, one behind the other; meanwhile something happens, once. */
    private List<String> walk(String workflows, String order, Runnable behindTheSecondPage) throws Exception {
        List<String> walked = new ArrayList<>();
        String page = workflows + "?status=ENQUEUED&limit=" + PER_PAGE + "&order=" + order;
        JsonNode answer = get(page);
        for (int number = 1; ; number++) {
            answer.get("items")
                    .forEach(item -> walked.add(item.get("workflowId").asText()));
            if (!answer.has("nextCursor")) {
                return walked;
            }
            if (number == 2) {
                behindTheSecondPage.run();
            }
            answer = get(page + "&cursor=" + answer.get("nextCursor").asText());
        }
    }

    private int count(String workflows) throws Exception {
        return get(workflows + ":count?status=ENQUEUED").get("total").asInt();
    }

    /** Asks until there is an answer; those that are none must say so, and when to ask again. */
    private JsonNode get(String url) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Stage.PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == OK) {
                return json.readTree(answer.body());
            }
            assertEquals(UNAVAILABLE, answer.statusCode(), answer.body());
            assertTrue(answer.headers().firstValue("Retry-After").isPresent(), answer.body());
            assertTrue(System.nanoTime() < deadline, "nothing but " + answer.body() + " for " + Stage.PATIENCE);
            refused++;
        }
    }
}
