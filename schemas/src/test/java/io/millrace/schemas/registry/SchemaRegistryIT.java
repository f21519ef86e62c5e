package io.millrace.schemas.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.Topic;
import io.millrace.schemas.evolution.RecordTypes;
import io.millrace.schemas.registry.SchemaRegistryException.Kind;
import io.millrace.schemas.testing.ApicurioRegistry;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/** Our client against a real registry server. */
class SchemaRegistryIT {
    private static final ApicurioRegistry REGISTRY = ApicurioRegistry.shared();
    /** A client that remembers nothing yet. */
    private static SchemaRegistryClient client() {
        return FakeRegistry.client(Map.of("schema.registry.url", REGISTRY.url()));
    }

    private static Schema schema(String name, String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + fields + "]}");
    }

    private static Kind refused(Runnable asking) {
        return assertThrows(SchemaRegistryException.class, asking::run).kind();
    }

    @Test
    void shouldRegisterEveryRootSchemaAndFindItAgain() {
        for (Schema root : RecordTypes.roots()) {
            String subject = "millrace." + root.getName() + "-value";

            int id = client().register(subject, root);

            assertEquals(id, client().register(subject, root), "registering again changes nothing");
            assertEquals(id, client().lookUp(subject, root));
            assertEquals(SchemaNormalization.toParsingForm(root), SchemaNormalization.toParsingForm(client().byId(id)));
        }
    }

    @Test
    void shouldSeeAnIncompatibleSchemaRefused() {
        client().register("evolving-value", schema("Evolving", "{\"name\":\"a\",\"type\":\"int\"}"));

        Schema compatible =
                schema("Evolving", "{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
        Schema incompatible = schema("Evolving", "{\"name\":\"a\",\"type\":\"string\"}");

        client().register("evolving-value", compatible);
        assertEquals(Kind.REFUSED, refused(() -> client().register("evolving-value", incompatible)));
    }

    @Test
    void shouldNotFindWhatWasNeverRegistered() {
        assertEquals(Kind.NOT_FOUND, refused(() -> client().byId(987_654)));
        assertEquals(Kind.NOT_FOUND, refused(() -> client().lookUp("nobody-value", Topic.COMMANDS.schema())));
    }
}
