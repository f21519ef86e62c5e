package io.millrace.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import io.millrace.api.access.AccessConfig;
import io.millrace.api.access.AccessGate;
import io.millrace.api.access.ApiToken;
import io.millrace.api.access.SecurityHeaders;
import io.millrace.api.access.TokenLine;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many streams of events there may be, and for how long. */
class EventBoundsTest extends ApiTest {
    /** Enough to take all streams, and one more. */
    private static final int USERS = EventRoutes.MAX_STREAMS / EventRoutes.MAX_STREAMS_EACH + 1;

    private static final List<String> TOKENS = new ArrayList<>();

    @TempDir
    private static Path directory;

    EventBoundsTest() {
        super(AccessConfig.open().withTokens(fileWithAllUsers()));
    }

    @Test
    void shouldEndTheOldestStreamOfAUserWhoOpensMoreThanTheyMayHave() throws Exception {
        List<Events> all = openAllOf(0);

        openAnother(0);

        assertTrue(all.get(0).hasEnded());
        assertEquals(EventRoutes.MAX_STREAMS_EACH - 1, streamsThatGoOn(all));
        close(all);
    }

    private long streamsThatGoOn(List<Events> all) throws Exception {
        engine.statuses().add(state());
        long goingOn = 0;
        for (Events events : all.subList(1, all.size())) {
            goingOn += events.next().get(0).equals("event: workflow") ? 1 : 0;
        }
        return goingOn;
    }

    @Test
    void shouldRefuseMoreStreamsThanThereMayBe() throws Exception {
        int threadsBefore = Thread.activeCount();
        List<Events> all = new ArrayList<>();
        for (int user = 0; user < USERS - 1; user++) {
            all.addAll(openAllOf(user));
        }

        HttpResponse<String> refused = send(request(USERS - 1));

        problem(503, refused);
        assertEquals("2", refused.headers().firstValue("Retry-After").orElseThrow());
        int threads = Thread.activeCount() - threadsBefore;
        assertTrue(threads < EventRoutes.MAX_STREAMS / 2, "a stream holds a thread: there are " + threads + " more");
        openAnotherOnceOneIsClosed(all, USERS - 1);
        close(all);
    }

    @Test
    void shouldEndAStreamSoThatItsClientIsAskedAgainWhoTheyAre() throws Exception {
        AccessGate gate = AccessGate.of(AccessConfig.open(), "127.0.0.1", SecurityHeaders.allowing(List.of()));
        Javalin javalin = Javalin.create(settings -> {
            gate.addTo(settings.routes);
            new EventRoutes(client, Duration.ofMillis(1)).addTo(settings.routes);
        });
        try {
            ApiServer.listen(javalin, "127.0.0.1", 0);
            URI events = URI.create("http://127.0.0.1:" + javalin.port() + "/api/v1/events");

            HttpResponse<String> response = send(HttpRequest.newBuilder(events).build());

            assertEquals(200, response.statusCode());
            await().until(() -> engine.statuses().following() == 0);
        } finally {
            javalin.stop();
        }
    }

    private HttpRequest request(int user) {
        return request("/api/v1/events")
                .header("Authorization", "Bearer " + TOKENS.get(user))
                .build();
    }

    private List<Events> openAllOf(int user) throws Exception {
        List<Events> all = new ArrayList<>();
        for (int i = 0; i < EventRoutes.MAX_STREAMS_EACH; i++) {
            all.add(Events.open(http, request(user)));
            all.get(i).next();
        }
        return all;
    }

    private void openAnother(int user) throws Exception {
        try (Events another = Events.open(http, request(user))) {
            assertEquals("event: position", another.next().get(0));
        }
    }

    private void openAnotherOnceOneIsClosed(List<Events> all, int user) throws Exception {
        all.remove(0).close();
        // The server learns of it when it next has something to say.
        await().untilAsserted(() -> {
            engine.statuses().add(state());
            openAnother(user);
        });
    }

    private static WorkflowState state() {
        return WorkflowState.newBuilder()
                .setWorkflowId("w")
                .setWorkflowType("t")
                .setStatus(WorkflowStatus.RUNNING)
                .setQueue("q")
                .setCreatedAtMs(0)
                .setUpdatedAtMs(0)
                .build();
    }

    private static void close(List<Events> all) throws IOException {
        for (Events events : all) {
            events.close();
        }
    }

    private static Path fileWithAllUsers() {
        TOKENS.clear();
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < USERS; user++) {
            ApiToken token = ApiToken.random();
            TOKENS.add(token.secret());
            lines.append(new TokenLine("user-" + user, Role.VIEWER, token.hash()).text())
                    .append('\n');
        }
        try {
            return Files.writeString(directory.resolve("tokens"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
