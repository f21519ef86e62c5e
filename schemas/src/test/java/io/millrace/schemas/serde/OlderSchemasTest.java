package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Failure;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.evolution.RecordTypes;
import io.millrace.schemas.evolution.ReleasedSchemas.Released;
import io.millrace.schemas.serde.MalformedRecordException.Reason;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Records as another release would have written them. */
class OlderSchemasTest {
    /** A failure without the field that has a default since, and with one that is gone since. */
    private static final Schema OLD_FAILURE = new Schema.Parser().parse("""
            {"type": "record", "name": "Failure", "namespace": "io.millrace.schemas", "fields": [
              {"name": "host", "type": "string", "default": ""},
              {"name": "type", "type": "string"},
              {"name": "message", "type": "string"}]}""");

    private static MillraceAvroDeserializer knowing(Schema old) {
        return new MillraceAvroDeserializer(
                new KnownSchemas(RecordTypes.byName(), List.of(new Released("0.0.1", old))));
    }

    private static byte[] written(GenericRecord record) throws IOException {
        ByteArrayEncoder encoder = new ByteArrayEncoder();
        byte[] header = Framing.singleObjectHeader(SchemaNormalization.parsingFingerprint64(record.getSchema()));
        encoder.writeFixed(header, 0, header.length);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        return encoder.takeBytes();
    }

    private static GenericRecord oldFailure() {
        GenericRecord record = new GenericData.Record(OLD_FAILURE);
        record.put("host", "a");
        record.put("type", "java.io.IOException");
        record.put("message", "disk full");
        return record;
    }

    @Test
    void shouldReadWhatAnOlderReleaseWrote() throws IOException {
        Object read = knowing(OLD_FAILURE).deserialize("t", written(oldFailure()));

        assertEquals(new Failure("java.io.IOException", "disk full", null), read);
    }

    @Test
    void shouldNotReadWhatNoReleaseHasWritten() throws IOException {
        byte[] bytes = written(oldFailure());

        var refused = assertThrows(
                MalformedRecordException.class, () -> new MillraceAvroDeserializer().deserialize("t", bytes));

        assertEquals(Reason.UNKNOWN_SCHEMA, refused.reason());
    }

    @Test
    void shouldSayThatAnOlderRecordCannotBeReadAnyMore() throws IOException {
        Schema withoutMessage = new Schema.Parser().parse("""
                {"type": "record", "name": "Failure", "namespace": "io.millrace.schemas", "fields": [
                  {"name": "type", "type": "string"}]}""");
        GenericRecord record = new GenericData.Record(withoutMessage);
        record.put("type", "x");
        byte[] bytes = written(record);

        var refused = assertThrows(
                MalformedRecordException.class, () -> knowing(withoutMessage).deserialize("t", bytes));

        assertEquals(Reason.INCOMPATIBLE_SCHEMA, refused.reason());
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeepToBeSkipped() throws IOException {
        Schema recursive = new Schema.Parser().parse("""
                {"type": "record", "name": "Failure", "namespace": "io.millrace.schemas", "fields": [
                  {"name": "type", "type": "string"},
                  {"name": "message", "type": "string"},
                  {"name": "causes", "type": ["null", {"type": "record", "name": "Causes", "fields": [
                    {"name": "next", "type": ["null", "Causes"]}]}], "default": null}]}""");
        ByteArrayEncoder encoder = new ByteArrayEncoder();
        byte[] header = Framing.singleObjectHeader(SchemaNormalization.parsingFingerprint64(recursive));
        encoder.writeFixed(header, 0, header.length);
        encoder.writeString("type");
        encoder.writeString("message");
        for (int level = 0; level < 900_000; level++) {
            encoder.writeIndex(1);
        }
        encoder.writeIndex(0);
        byte[] bytes = encoder.takeBytes();

        var refused = assertThrows(
                MalformedRecordException.class, () -> knowing(recursive).deserialize("t", bytes));

        assertEquals(Reason.CORRUPT, refused.reason());
    }

    @Test
    void shouldReadAStatusThatItDoesNotKnowAsUnknown() throws IOException {
        Schema newer = new Schema.Parser()
                .parse(CommandReply.SCHEMA$.toString().replace("\"TIMED_OUT\"", "\"TIMED_OUT\",\"FROZEN\""));
        GenericRecord reply = new GenericData.Record(newer);
        reply.put("commandId", "c-1");
        reply.put("workflowId", "w-1");
        reply.put("outcome", symbol(newer, "outcome", "ACCEPTED"));
        reply.put("existing", false);
        reply.put("invalid", false);
        reply.put("status", symbol(newer, "status", "FROZEN"));
        reply.put("atMs", 1L);

        CommandReply read = (CommandReply) knowing(newer).deserialize("t", written(reply));

        assertEquals(WorkflowStatus.UNKNOWN, read.getStatus());
    }

    private static GenericData.EnumSymbol symbol(Schema schema, String field, String symbol) {
        return new GenericData.EnumSymbol(schema.getField(field).schema(), symbol);
    }

    @Test
    void shouldForgetTypesThatAreGone() throws IOException {
        Schema gone = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Gone\",\"namespace\":\"io.millrace.schemas\",\"fields\":[]}");
        byte[] bytes = written(new GenericData.Record(gone));

        var refused =
                assertThrows(MalformedRecordException.class, () -> knowing(gone).deserialize("t", bytes));

        assertEquals(Reason.UNKNOWN_SCHEMA, refused.reason());
    }
}
