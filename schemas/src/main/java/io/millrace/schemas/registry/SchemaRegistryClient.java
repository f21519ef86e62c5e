package io.millrace.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.registry.SchemaRegistryException.Kind;
import java.lang.ref.WeakReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Registers schemas and finds them again. Safe for use by several threads at once; answers are remembered, because a registry never
 * changes what it has once said about an id.
 *
 * <p>All methods throw {@link SchemaRegistryException}, after the configured retries where these can help, and may block for as long as
 * those take. An interrupt ends them early.
 */
public final class SchemaRegistryClient {
    /** Most answers of each kind that are remembered. There are a dozen schemas of ours; the rest is for what strays in. */
    static final int CACHED_ANSWERS = 1_000;

    /** One client for each registry in a JVM: Kafka makes a serializer for every producer, consumer and task. */
    private static final Map<RegistrySettings, WeakReference<SchemaRegistryClient>> SHARED = new ConcurrentHashMap<>();

    private record SubjectAndSchema(String subject, Schema schema) {}

    private final RegistryHttp http;
    private final SingleFlightCache<SubjectAndSchema, Integer> registered = new SingleFlightCache<>(CACHED_ANSWERS);
    private final SingleFlightCache<SubjectAndSchema, Integer> lookedUp = new SingleFlightCache<>(CACHED_ANSWERS);
    private final SingleFlightCache<Integer, Schema> byId = new SingleFlightCache<>(CACHED_ANSWERS);

    SchemaRegistryClient(RegistrySettings settings) {
        this.http = new RegistryHttp(settings);
    }

    /**
     * The client of the registry that is configured, the same one for the same settings.
     *
     * @param config settings with the names of Confluent's clients, {@code schema.registry.url} among them: the package lists them
     * @return empty where no {@code schema.registry.url} is set
     * @throws org.apache.kafka.common.config.ConfigException if a setting is unusable
     */
    public static Optional<SchemaRegistryClient> from(Map<String, ?> config) {
        return RegistrySettings.from(config).map(SchemaRegistryClient::shared);
    }

    private static SchemaRegistryClient shared(RegistrySettings settings) {
        SHARED.values().removeIf(client -> client.get() == null);
        SchemaRegistryClient[] found = new SchemaRegistryClient[1];
        SHARED.compute(settings, (key, present) -> {
            found[0] = present == null ? null : present.get();
            if (found[0] != null) {
                return present;
            }
            found[0] = new SchemaRegistryClient(settings);
            return new WeakReference<>(found[0]);
        });
        return found[0];
    }

    /**
     * Registers a schema, unless it already is.
     *
     * @return its id
     * @throws SchemaRegistryException {@code REFUSED} if it is not compatible with what the subject has
     */
    public int register(String subject, Schema schema) {
        return registered.get(
                new SubjectAndSchema(subject, schema),
                key -> id(http.ask(subjectPath(subject) + "/versions", body(schema))));
    }

    /**
     * Looks up a schema that is registered already.
     *
     * @return its id
     * @throws SchemaRegistryException {@code NOT_FOUND} if the subject does not have it
     */
    public int lookUp(String subject, Schema schema) {
        return lookedUp.get(
                new SubjectAndSchema(subject, schema), key -> id(http.ask(subjectPath(subject), body(schema))));
    }

    /**
     * The schema with that id.
     *
     * @throws SchemaRegistryException {@code NOT_FOUND} if there is none, {@code NOT_AVRO} if it is of another kind
     */
    public Schema byId(int id) {
        return byId.get(id, key -> avro(id, http.ask("/schemas/ids/" + id, null)));
    }

    private static String subjectPath(String subject) {
        // A path is not a form: there, "+" is a plus.
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ObjectNode body(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    private static int id(JsonNode answer) {
        JsonNode id = answer.path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw new SchemaRegistryException(Kind.UNAVAILABLE, "the schema registry's answer has no id", null);
        }
        return id.intValue();
    }

    private static Schema avro(int id, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new SchemaRegistryException(Kind.NOT_AVRO, "schema " + id + " is of type " + type, null);
        }
        try {
            return new Schema.Parser().parse(answer.path("schema").asText());
        } catch (RuntimeException | StackOverflowError e) {
            throw new SchemaRegistryException(Kind.NOT_AVRO, "schema " + id + " is not valid Avro", e);
        }
    }
}
