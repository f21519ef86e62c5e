package io.millrace.schemas.serde;

import io.millrace.schemas.Command;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.evolution.RecordTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Records to write and read. */
final class Samples {
    static {
        TrustedRecords.establish();
    }

    private Samples() {}

    /** One record of each type that is the value of a topic or stored, filled at random. */
    static List<SpecificRecord> ofEachRoot(long seed) {
        return RecordTypes.roots().stream().map(schema -> random(schema, seed)).toList();
    }

    private static SpecificRecord random(Schema schema, long seed) {
        SpecificData model = SpecificData.getForSchema(schema);
        return (SpecificRecord)
                new RandomData(model, schema, 1, seed).iterator().next();
    }

    /** A small command whose bytes a test can reason about. */
    static Command command() {
        return Command.newBuilder()
                .setCommandId("c-1")
                .setIssuer("Zoë \uD83D\uDE80")
                .setIssuedAtMs(1_790_000_000_000L)
                .setStart(Start.newBuilder()
                        .setWorkflowType("checkout")
                        .setInput(Payload.newBuilder()
                                .setData(ByteBuffer.wrap("{\"n\":1}".getBytes(StandardCharsets.UTF_8)))
                                .build())
                        .setAttributes(Map.of("tenant", "acme"))
                        .build())
                .build();
    }
}
