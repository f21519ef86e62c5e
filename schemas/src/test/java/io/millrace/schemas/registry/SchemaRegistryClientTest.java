package io.millrace.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.Credit;
import io.millrace.schemas.Failure;
import io.millrace.schemas.registry.SchemaRegistryException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryClientTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final SchemaRegistryClient client = registry.client();

    @AfterEach
    void stop() {
        registry.close();
    }

    private SchemaRegistryException refused(Runnable asking) {
        return assertThrows(SchemaRegistryException.class, asking::run);
    }

    @Test
    void shouldRegisterASchemaOnce() throws Exception {
        assertEquals(7, client.register("orders-value", Failure.SCHEMA$));
        assertEquals(7, client.register("orders-value", Failure.SCHEMA$));

        assertEquals(1, registry.requests().size());
        var request = registry.requests().get(0);
        assertEquals("POST /subjects/orders-value/versions", request.method() + " " + request.path());
        assertEquals(
                Failure.SCHEMA$.toString(),
                new ObjectMapper().readTree(request.body()).path("schema").asText());
    }

    @Test
    void shouldKeepSubjectsAndSchemasApart() {
        registry.then(200, "{\"id\":1}").then(200, "{\"id\":2}").then(200, "{\"id\":3}");

        assertEquals(1, client.register("a", Failure.SCHEMA$));
        assertEquals(2, client.register("b", Failure.SCHEMA$));
        assertEquals(3, client.register("a", Credit.SCHEMA$));
        assertEquals(1, client.register("a", Failure.SCHEMA$));
    }

    @Test
    void shouldLookUpWithoutRegistering() {
        assertEquals(7, client.lookUp("orders-value", Failure.SCHEMA$));

        assertEquals("/subjects/orders-value", registry.requests().get(0).path());
    }

    @Test
    void shouldEncodeASubjectForAPath() {
        client.lookUp("a b/ü", Failure.SCHEMA$);

        assertEquals("/subjects/a%20b%2F%C3%BC", registry.requests().get(0).path());
    }

    @Test
    void shouldFetchASchemaOnce() {
        registry.then(
                200,
                new ObjectMapper()
                        .createObjectNode()
                        .put("schema", Failure.SCHEMA$.toString())
                        .toString());

        assertEquals(Failure.SCHEMA$, client.byId(3));
        assertEquals(Failure.SCHEMA$, client.byId(3));

        assertEquals(
                List.of("/schemas/ids/3"),
                registry.requests().stream().map(FakeRegistry.Request::path).toList());
    }

    @Test
    void shouldTellWhatIsUnknownFromWhatIsRefused() {
        registry.then(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}")
                .then(409, "{\"error_code\":409,\"message\":\"incompatible with version 1\"}")
                .then(401, "");

        assertEquals(Kind.NOT_FOUND, refused(() -> client.byId(1)).kind());
        SchemaRegistryException conflict = refused(() -> client.register("s", Failure.SCHEMA$));
        assertEquals(Kind.REFUSED, conflict.kind());
        assertTrue(conflict.getMessage().contains("409: incompatible with version 1"), conflict.getMessage());
        assertEquals(Kind.REFUSED, refused(() -> client.byId(1)).kind());
        // None of them is repeated.
        assertEquals(3, registry.requests().size());
    }

    @Test
    void shouldAskAgainForWhatWasUnknown() {
        registry.then(404, "{}").then(200, "{\"schema\":\"\\\"int\\\"\"}");

        assertEquals(Kind.NOT_FOUND, refused(() -> client.byId(1)).kind());
        assertEquals("\"int\"", client.byId(1).toString());
    }

    @Test
    void shouldTellASchemaThatIsNotAvro() {
        registry.then(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}")
                .then(200, "{\"schema\":\"not a schema\"}")
                .then(200, "{\"schema\":\"" + "[".repeat(500_000) + "\"}");

        for (int id = 1; id <= 3; id++) {
            int unusable = id;
            assertEquals(Kind.NOT_AVRO, refused(() -> client.byId(unusable)).kind());
        }
    }

    @Test
    void shouldNotTakeSomethingElsesAnswerForARegistrys() {
        registry.otherwise(200, "<html>please log in</html>");
        assertEquals(Kind.UNAVAILABLE, refused(() -> client.byId(1)).kind());

        registry.otherwise(200, "{\"hello\":\"world\"}");
        assertEquals(
                Kind.UNAVAILABLE,
                refused(() -> client.lookUp("s", Failure.SCHEMA$)).kind());
    }

    @Test
    void shouldQuoteNoMoreThanABoundedPartOfAnAnswer() {
        registry.then(422, "{\"message\":\"" + "x".repeat(100_000) + "\"}");

        assertTrue(refused(() -> client.byId(1)).getMessage().length() < 1_000);
    }

    @Test
    void shouldForgetSomethingWhenAskedForMoreThanItRemembers() {
        registry.otherwise(200, "{\"schema\":\"\\\"int\\\"\"}");

        for (int id = 0; id <= SchemaRegistryClient.CACHED_ANSWERS; id++) {
            client.byId(id);
        }
        for (int id = 0; id <= SchemaRegistryClient.CACHED_ANSWERS; id++) {
            client.byId(id);
        }

        assertTrue(registry.requests().size() > SchemaRegistryClient.CACHED_ANSWERS + 1);
    }

    @Test
    void shouldBeSharedByAllWhoHaveTheSameSettings() {
        Map<String, String> config = Map.of("schema.registry.url", registry.url());
        SchemaRegistryClient first = SchemaRegistryClient.from(config).orElseThrow();

        assertSame(first, SchemaRegistryClient.from(config).orElseThrow());
        assertNotSame(
                first,
                SchemaRegistryClient.from(Map.of("schema.registry.url", registry.url(), "max.retries", 1))
                        .orElseThrow());
        assertEquals(Optional.empty(), SchemaRegistryClient.from(Map.of()));
    }
}
