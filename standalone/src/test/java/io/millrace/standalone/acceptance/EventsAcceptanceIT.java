package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.Readiness;
import io.millrace.client.ChangeFilter;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.StatusChange;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSubscription;
import io.millrace.client.UnknownPositionException;
import io.millrace.worker.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes and workers over the API, from a real engine: nothing is missed or out of order, whatever is cut in between. */
class EventsAcceptanceIT {
    private static final int WORKFLOWS = 60;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldMissNothingWhenTheConnectionIsCutAndTheServerRestarts() throws Exception {
        List<StatusChange> uninterrupted = new CopyOnWriteArrayList<>();
        Map<String, List<String>> told = new HashMap<>();
        scene.work("echo", String.class, (ctx, input) -> ctx.step("say", String.class, () -> input));
        try (StatusSubscription all = scene.client().statusChanges(changes(), uninterrupted::add)) {
            String position;
            try (Server server = new Server();
                    Events events = server.events(scene.id("e"), null)) {
                assertEquals("position", events.next().type());
                startSome(0, WORKFLOWS / 3);
                position = readSome(events, told, 5);
            }
            startSome(WORKFLOWS / 3, 2 * WORKFLOWS / 3);
            try (Server restarted = new Server();
                    Events events = restarted.events(scene.id("e"), position)) {
                assertEquals("position", events.next().type());
                startSome(2 * WORKFLOWS / 3, WORKFLOWS);
                await().atMost(Scene.PATIENCE).until(() -> completed(uninterrupted) == WORKFLOWS);
                readSome(events, told, uninterrupted.size() - 5);
            }
        }

        Map<String, List<String>> expected = new HashMap<>();
        uninterrupted.forEach(change -> note(
                expected,
                change.workflow().workflowId(),
                change.workflow().status().name(),
                change.workflow().updatedAt().toString()));
        assertEquals(expected, told);
    }

    @Test
    void shouldResumeFromWhatItPassedOverAndRefuseWhatIsBeyondTheEnd() throws Exception {
        scene.work("echo", String.class, (ctx, input) -> input);
        List<StatusChange> none = new CopyOnWriteArrayList<>();
        List<StatusChange> later = new CopyOnWriteArrayList<>();
        StatusPosition start;
        StatusPosition end;
        try (StatusSubscription other =
                scene.client().statusChanges(ChangeFilter.all().workflowId("nobody's"), none::add)) {
            start = StatusPosition.parse(other.position());
            startSome(0, 5);
            await().atMost(Scene.PATIENCE).until(() -> sum(other) >= sum(start) + 15);
            end = StatusPosition.parse(other.position());
        }
        ChangeFilter resumed = changes().after(start.encode());
        try (StatusSubscription all = scene.client().statusChanges(resumed, later::add)) {
            await().atMost(Scene.PATIENCE).until(() -> completed(later) == 5);
        }

        assertEquals(List.of(), none);
        long[] beyond = end.next();
        beyond[0] += 1_000_000;
        ChangeFilter nowhere = changes().after(new StatusPosition(end.log(), beyond).encode());
        assertThrows(UnknownPositionException.class, () -> scene.client().statusChanges(nowhere, none::add));
    }

    @Test
    void shouldShowWhoWorksAndOnHowMuch() throws Exception {
        Gate gate = scene.gate();
        Worker worker = scene.work(
                "waits",
                String.class,
                (ctx, input) -> ctx.step("wait", String.class, () -> {
                    gate.pass();
                    return input;
                }));
        try (Server server = new Server()) {
            scene.client().start("waits", "x", String.class, options(scene.id("w")));
            await().atMost(Scene.PATIENCE)
                    .until(() -> server.worker(scene.queue()).path("running").asInt() == 1);
            JsonNode shown = server.worker(scene.queue());
            assertEquals("ALIVE", shown.get("status").asText());
            assertEquals("[\"waits\"]", shown.get("workflowTypes").toString());
            gate.open();
            worker.close();
            await().atMost(Scene.PATIENCE)
                    .until(() -> server.worker(scene.queue()).isMissingNode());
        }
    }

    private ChangeFilter changes() {
        return ChangeFilter.all().idPrefix(scene.id("e"));
    }

    private StartOptions options(String id) {
        return StartOptions.workflowId(id).queue(scene.queue());
    }

    private void startSome(int from, int to) {
        for (int i = from; i < to; i++) {
            scene.client().start("echo", "x", String.class, options(scene.id("e") + "-" + i));
        }
    }

    private static long sum(StatusSubscription subscription) {
        return sum(StatusPosition.parse(subscription.position()));
    }

    private static long sum(StatusPosition position) {
        return LongStream.of(position.next()).sum();
    }

    private static long completed(List<StatusChange> changes) {
        return changes.stream().filter(change -> change.workflow().isClosed()).count();
    }

    /** Reads so many changes, and returns the id of the last one. */
    private static String readSome(Events events, Map<String, List<String>> told, int count) throws IOException {
        String position = "";
        for (int i = 0; i < count; i++) {
            Event event = events.next();
            assertEquals("workflow", event.type());
            JsonNode workflow = MAPPER.readTree(event.data());
            note(
                    told,
                    workflow.get("workflowId").asText(),
                    workflow.get("status").asText(),
                    workflow.get("updatedAt").asText());
            position = event.id();
        }
        return position;
    }

    private static void note(Map<String, List<String>> told, String id, String status, String updatedAt) {
        told.computeIfAbsent(id, unknown -> new ArrayList<>()).add(status + " at " + updatedAt);
    }

    /** A server with a client of its own, as another process has it. */
    private final class Server implements AutoCloseable {
        private final MillraceClient client = MillraceClient.builder()
                .namespace(MILLRACE.namespace().name())
                .requestTimeout(Scene.PATIENCE)
                .connect(MILLRACE.bootstrapServers());
        private final ApiServer api = ApiServer.start(ApiConfig.defaults().withPort(0), client, Readiness::yes);

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/api/v1" + path));
        }

        Events events(String idPrefix, @Nullable String lastEventId) throws Exception {
            HttpRequest.Builder request = request("/events?idPrefix=" + idPrefix);
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, response.statusCode());
            return new Events(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
        }

        /** The worker that takes from a queue. */
        JsonNode worker(String queue) throws Exception {
            HttpResponse<String> response =
                    http.send(request("/workers").build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
            for (JsonNode worker : MAPPER.readTree(response.body()).get("items")) {
                if (worker.get("queues").toString().equals("[\"" + queue + "\"]")) {
                    return worker;
                }
            }
            return MAPPER.missingNode();
        }

        @Override
        public void close() {
            api.close();
            client.close();
        }
    }

    private record Event(String type, String id, String data) {}

    /** A stream as its client reads it. */
    private record Events(BufferedReader lines) implements AutoCloseable {
        /** The next event; comments are skipped. */
        Event next() throws IOException {
            Map<String, String> fields = new HashMap<>();
            while (!fields.containsKey("data")) {
                String line = lines.readLine();
                assertTrue(line != null, "the stream has ended");
                String[] parts = line.split(": ", 2);
                if (parts.length == 2) {
                    fields.put(parts[0], parts[1]);
                }
            }
            return new Event(
                    fields.getOrDefault("event", ""), fields.getOrDefault("id", ""), fields.getOrDefault("data", ""));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
