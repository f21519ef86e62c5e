package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The API's description, to hold answers against. */
final class OpenApiDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    OpenApiDocument(String json) throws IOException {
        document = MAPPER.readTree(json);
    }

    /** Every operation, as its method and its path. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(method -> {
                if (METHODS.contains(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            });
        }
        return operations;
    }

    /** Fails unless the operation may answer so. */
    void check(String operation, HttpResponse<String> response) throws IOException {
        JsonNode described = described(operation, response.statusCode());
        String type =
                response.headers().firstValue("Content-Type").orElseThrow().split(";")[0];
        JsonNode content = described.get("content").get(type);
        assertNotNull(content, operation + " is not described to answer " + response.statusCode() + " with " + type);
        if (type.endsWith("json")) {
            ObjectNode root = MAPPER.createObjectNode();
            root.setAll((ObjectNode) content.get("schema"));
            root.set("components", document.get("components"));
            Schema schema = schemas.getSchema(root);
            assertEquals(
                    List.of(), schema.validate(MAPPER.readTree(response.body())), operation + ": " + response.body());
        }
    }

    private JsonNode described(String operation, int status) {
        String[] parts = operation.split(" ");
        JsonNode responses = document.get("paths")
                .get(parts[1])
                .get(parts[0].toLowerCase(Locale.ROOT))
                .get("responses");
        JsonNode response = responses.get(Integer.toString(status));
        assertNotNull(response, operation + " is not described to answer " + status);
        JsonNode reference = response.get("$ref");
        return reference == null ? response : document.at(reference.asText().substring(1));
    }
}
