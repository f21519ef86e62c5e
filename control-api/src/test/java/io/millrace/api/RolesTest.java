package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.millrace.api.access.AccessConfig;
import io.millrace.api.access.ApiToken;
import io.millrace.api.access.TokenLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks everybody for a token. */
class RolesTest extends ApiTest {
    private static final Set<HandlerType> METHODS =
            Set.of(HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.DELETE, HandlerType.PATCH);

    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    @TempDir
    private static Path directory;

    RolesTest() {
        super(AccessConfig.open().withTokens(fileWithOneOfEach()));
    }

    @Test
    void shouldAskForTheRoleOfEachRoute() throws Exception {
        for (Endpoint endpoint : routes()) {
            Role needed = needed(endpoint);
            String path = endpoint.path.replaceAll("[{<][^}>]*[}>]", "none");
            assertEquals(
                    needed == Role.ANYONE,
                    status(endpoint.method, path, null) != 401,
                    () -> endpoint.method + " " + path + " without a token");
            for (Role role : TOKENS.keySet()) {
                int status = status(endpoint.method, path, TOKENS.get(role));
                assertNotEquals(401, status, () -> endpoint.method + " " + path);
                assertEquals(role.includes(needed), status != 403, () -> endpoint.method + " " + path + " as " + role);
            }
        }
    }

    @Test
    void shouldLetNobodyChangeAnythingWithoutARole() {
        assertFalse(routes().isEmpty());
        for (Endpoint endpoint : routes()) {
            Role needed = needed(endpoint);
            if (endpoint.method != HandlerType.GET) {
                assertTrue(needed.includes(Role.OPERATOR), () -> endpoint.method + " " + endpoint.path);
            }
            if (endpoint.path.startsWith(ApiServer.PREFIX + "/") && !endpoint.path.endsWith("/openapi.json")) {
                assertTrue(needed.includes(Role.VIEWER), () -> endpoint.method + " " + endpoint.path);
            }
        }
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        HttpResponse<String> nobody = get("/workflows");
        assertEquals("Bearer", nobody.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertTrue(problem(401, nobody).get("detail").asText().contains("Authorization: Bearer"), nobody.body());

        HttpResponse<String> viewer = send(authorized("/api/v1/workflows/w/cancel", TOKENS.get(Role.VIEWER))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        String detail = problem(403, viewer).get("detail").asText();
        assertTrue(detail.contains("viewer-1") && detail.contains("OPERATOR"), detail);
        assertNull(engine.lastCommand("w"));
    }

    @Test
    void shouldRefuseEveryOtherWayToSendAToken() throws Exception {
        String token = TOKENS.get(Role.ADMIN);
        for (String authorization : List.of("Basic " + token, token, "Bearer", "Bearer  ", "Bearer " + token + "x")) {
            assertEquals(
                    401,
                    send(request("/api/v1/me")
                                    .header("Authorization", authorization)
                                    .build())
                            .statusCode(),
                    authorization);
        }
        for (String query : List.of("access_token=" + token, "token=x", "name=" + token)) {
            HttpResponse<String> answer = get("/workflows?" + query);
            assertTrue(problem(400, answer).get("detail").asText().contains("header"), answer.body());
            assertFalse(answer.body().contains(token), answer.body());
        }
    }

    @Test
    void shouldPutTheHolderOfTheTokenOnRecordWhateverTheyCallThemselves() throws Exception {
        HttpRequest request = authorized("/api/v1/workflows", TOKENS.get(Role.OPERATOR))
                .header("Millrace-Issuer", "somebody-else")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"t\", \"workflowId\": \"w\"}"))
                .build();

        assertEquals(201, send(request).statusCode());
        assertEquals("operator-1", engine.starter("w"));
        assertEquals(
                "{\"name\":\"operator-1\",\"role\":\"OPERATOR\",\"authentication\":\"token\"}",
                send(authorized("/api/v1/me", TOKENS.get(Role.OPERATOR)).build())
                        .body());
    }

    @Test
    void shouldSayNothingToHeadRequestsButThatThereIsARoute() throws Exception {
        post("/workflows", "{\"name\": \"t\", \"workflowId\": \"w\"}");
        for (String path : List.of("/health/live", "/api/v1/workflows/w", "/api/v1/workflows/unknown")) {
            HttpResponse<String> answer = send(request(path)
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build());

            assertEquals(200, answer.statusCode());
            assertEquals("", answer.body());
        }
    }

    private List<Endpoint> routes() {
        return api.endpoints().stream()
                .filter(endpoint -> METHODS.contains(endpoint.method))
                .toList();
    }

    private static Role needed(Endpoint endpoint) {
        Roles declared = endpoint.metadata(Roles.class);
        return (Role) declared.getRoles().iterator().next();
    }

    /** The bodies are not waited for: one of them is a stream without an end. */
    private int status(HandlerType method, String path, @Nullable String token) throws Exception {
        HttpRequest.Builder request = token == null ? request(path) : authorized(path, token);
        HttpResponse<InputStream> answer = http.send(
                request.method(method.name(), HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private HttpRequest.Builder authorized(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private static Path fileWithOneOfEach() {
        StringBuilder lines = new StringBuilder("# one of each\n\n");
        for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
            ApiToken token = ApiToken.random();
            TOKENS.put(role, token.secret());
            String holder = role.name().toLowerCase(Locale.ROOT) + "-1";
            lines.append(new TokenLine(holder, role, token.hash()).text()).append('\n');
        }
        try {
            return Files.writeString(directory.resolve("tokens"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
