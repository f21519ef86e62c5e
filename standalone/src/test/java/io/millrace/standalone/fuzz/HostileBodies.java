package io.millrace.standalone.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Bodies as the API's document describes them, with something changed. */
final class HostileBodies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEEPEST = 5;

    private final JsonNode document;
    private final Random random;

    HostileBodies(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
    }

    /** A body for this schema. */
    byte[] of(JsonNode schema) {
        JsonNode made = value("", schema, 0);
        return switch (random.nextInt(8)) {
            case 0 -> bytes("[".repeat(1 + random.nextInt(3_000)));
            case 1 -> cut(bytes(harmless(made).toString()));
            case 2 -> noise();
            case 3 -> bytes("{\"input\":\"" + "x".repeat(random.nextInt(3_000_000)) + "\"}");
            default -> bytes(harmless(made).toString());
        };
    }

    private JsonNode value(String name, JsonNode reference, int depth) {
        JsonNode schema = reference.has("$ref")
                ? document.at(reference.get("$ref").asText().substring(1))
                : reference;
        if (random.nextInt(8) == 0 || depth > DEEPEST) {
            return odd();
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (schema.path("type").isTextual() ? schema.get("type").asText() : "any") {
            case "object" -> object(schema, depth);
            case "array" -> {
                var array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(name, schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer" -> JSON.numberNode(random.nextInt(8));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> JSON.textNode(text(name));
            default -> JSON.objectNode().put("n", 1);
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            if (random.nextBoolean()) {
                object.set(property.getKey(), value(property.getKey(), property.getValue(), depth + 1));
            }
        });
        schema.path("required").forEach(name -> {
            if (random.nextInt(10) > 0) {
                object.set(
                        name.asText(),
                        value(name.asText(), schema.path("properties").path(name.asText()), depth + 1));
            }
        });
        if (random.nextInt(15) == 0) {
            object.set("unknown", odd());
        }
        return object;
    }

    private String text(String name) {
        return switch (name) {
            case "delay", "timeout", "period" -> random.nextBoolean() ? "PT" + random.nextInt(100) + "S" : "-P9999999Y";
            case "idPrefix" -> "hostile-";
            default -> HostileNames.named(name.equals("workflowIds") ? "id" : name, random);
        };
    }

    private JsonNode odd() {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(Long.MIN_VALUE);
            case 2 -> JSON.numberNode(1e308);
            case 3 -> JSON.textNode(HostileNames.impossible(random));
            case 4 -> JSON.textNode("\u4e16".repeat(random.nextInt(5_000)));
            case 5 -> JSON.arrayNode();
            case 6 -> JSON.objectNode();
            case 7 -> JSON.numberNode(-1);
            default -> JSON.arrayNode().add(JSON.objectNode().put("a", true));
        };
    }

    /** A command for many that names none of the hostile workflows would be for the good ones too, and quite in order: it only looks. */
    private static JsonNode harmless(JsonNode body) {
        JsonNode filter = body.path("filter");
        boolean onlyHostile = filter.path("idPrefix").asText().startsWith("hostile-")
                || body.path("workflowIds").size() > 0;
        if (body instanceof ObjectNode object && object.has("filter") && !onlyHostile) {
            object.put("dryRun", true);
        }
        return body;
    }

    /** Cut somewhere, which leaves no valid JSON but of a number. */
    private byte[] cut(byte[] body) {
        return Arrays.copyOf(body, random.nextInt(body.length + 1));
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(500)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The API's document, as it is served. */
    static JsonNode document(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }

    /** Whether this is a problem document as RFC 9457 has it, for an answer of this status. */
    static boolean isProblem(String body, int status) {
        try {
            JsonNode problem = MAPPER.readTree(body);
            return problem.path("status").asInt() == status
                    && problem.path("title").isTextual();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
