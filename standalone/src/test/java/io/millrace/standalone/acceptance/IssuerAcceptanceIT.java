package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.Readiness;
import io.millrace.api.Role;
import io.millrace.api.access.AccessConfig;
import io.millrace.api.access.ApiToken;
import io.millrace.api.access.TokenLine;
import io.millrace.client.WorkflowHandle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks the API for something is on record in the history of the workflow. */
final class IssuerAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void shouldRecordTheHolderOfTheToken() throws Exception {
        ApiToken alices = ApiToken.random();
        ApiToken bobs = ApiToken.random();
        Path tokens = Files.writeString(
                directory.resolve("tokens"),
                new TokenLine("alice", Role.OPERATOR, alices.hash()).text() + "\n"
                        + new TokenLine("bob", Role.ADMIN, bobs.hash()).text() + "\n");
        try (ApiServer api = server(AccessConfig.open().withTokens(tokens))) {
            WorkflowHandle<String> workflow = scene.workflow(scene.id("by-token"));
            assertEquals(201, ask(api, "Authorization", "Bearer " + alices.secret(), "", start(workflow)));
            assertEquals(202, ask(api, "Authorization", "Bearer " + bobs.secret(), path(workflow, "pause"), "{}"));
            assertEquals(202, ask(api, "Authorization", "Bearer " + alices.secret(), path(workflow, "cancel"), "{}"));

            assertEquals("alice", issuer(workflow, "workflowStarted"));
            assertEquals("bob", issuer(workflow, "paused"));
            assertEquals("alice", issuer(workflow, "cancelAsked"));
        }
    }

    @Test
    void shouldRecordWhoeverTheySayTheyAreWhereNobodyAsks() throws Exception {
        try (ApiServer api = server(AccessConfig.open())) {
            WorkflowHandle<String> workflow = scene.workflow(scene.id("by-word"));
            assertEquals(201, ask(api, "Millrace-Issuer", "carol", "", start(workflow)));
            assertEquals(202, ask(api, "X-Nothing", "x", path(workflow, "terminate"), "{}"));

            assertEquals("carol", issuer(workflow, "workflowStarted"));
            assertEquals("anonymous", issuer(workflow, "terminated"));
        }
    }

    private ApiServer server(AccessConfig access) {
        return ApiServer.start(
                ApiConfig.defaults().withPort(0).withAccess(access), scene.client(), Readiness::yes);
    }

    private String start(WorkflowHandle<?> workflow) {
        return "{\"name\": \"nobody runs it\", \"workflowId\": \"" + workflow.workflowId() + "\", \"queue\": \""
                + scene.queue() + "\"}";
    }

    private static String path(WorkflowHandle<?> workflow, String command) {
        return "/" + workflow.workflowId() + "/" + command;
    }

    private int ask(ApiServer api, String header, String value, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/api/v1/workflows" + path))
                .header(header, value)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static String issuer(WorkflowHandle<?> workflow, String fact) {
        return String.valueOf(Scene.fact(workflow, fact).details().get("issuer"));
    }
}
