package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.Command;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.testing.ApicurioRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What we write is read with Confluent's genuine registry client, and the other way round. That client comes relocated
 * within a Flink connector, with an Avro of its own, and the connector's code for the wire format; Confluent's serializers do not.
 */
class ConfluentClientIT {
    private static final String URL = ApicurioRegistry.shared().url();
    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", URL);

    private static CachedSchemaRegistryClient confluents;

    @BeforeAll
    static void start() {
        confluents = new CachedSchemaRegistryClient(URL, 100);
    }

    @AfterAll
    static void stop() throws IOException {
        confluents.close();
    }

    /** A record of ours as a generic one of the connector's Avro, and its bytes behind the header. */
    private record Theirs(Schema schema, GenericRecord record) {}

    private static Theirs readAsConfluentDoes(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        Schema schema = new ConfluentSchemaRegistryCoder(confluents).readSchema(in);
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(in, null));
        return new Theirs(schema, record);
    }

    private static byte[] writeAsConfluentDoes(String subject, Theirs theirs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ConfluentSchemaRegistryCoder(subject, confluents).writeSchema(theirs.schema(), out);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(theirs.schema()).write(theirs.record(), encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static MillraceAvroSerializer ourSerializer() {
        MillraceAvroSerializer serializer = new MillraceAvroSerializer();
        serializer.configure(CONFIG, false);
        return serializer;
    }

    @Test
    void shouldReadFromEachOther() throws IOException {
        MillraceAvroDeserializer ours = new MillraceAvroDeserializer();
        ours.configure(CONFIG, false);
        for (SpecificRecord sample : Samples.ofEachRoot(11)) {
            String topic = "exchanged." + sample.getSchema().getName();
            byte[] written = ourSerializer().serialize(topic, sample);

            Theirs theirs = readAsConfluentDoes(written);
            assertEquals(sample.getSchema().getFullName(), theirs.schema().getFullName());
            byte[] writtenBack = writeAsConfluentDoes(topic + "-value", theirs);

            assertEquals(Framing.schemaId(written), Framing.schemaId(writtenBack), "the same schema has one id");
            assertEquals(sample, ours.deserialize(topic, writtenBack));
        }
    }

    @Test
    void shouldWriteTheSameBytes() throws IOException {
        Command command = Samples.command();
        byte[] ours = ourSerializer().serialize("same-bytes", command);

        assertArrayEquals(ours, writeAsConfluentDoes("same-bytes-value", readAsConfluentDoes(ours)));
    }

    @Test
    void shouldAgreeOnIds() throws Exception {
        SchemaRegistryClient ours = SchemaRegistryClient.from(CONFIG).orElseThrow();
        AvroSchema theirs = new AvroSchema(Command.SCHEMA$.toString());

        int registeredByThem = confluents.register("registered-by-them-value", theirs);
        assertEquals(registeredByThem, ours.register("registered-by-them-value", Command.SCHEMA$));
        assertEquals(registeredByThem, ours.lookUp("registered-by-them-value", Command.SCHEMA$));

        int registeredByUs = ours.register("registered-by-us-value", Command.SCHEMA$);
        assertEquals(registeredByUs, confluents.getId("registered-by-us-value", theirs));
        assertEquals(
                Command.SCHEMA$.toString(),
                confluents.getSchemaById(registeredByUs).canonicalString());
    }
}
