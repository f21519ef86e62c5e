package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class SingleObjectTest {
    private final MillraceAvroSerializer serializer = new MillraceAvroSerializer();
    private final MillraceAvroDeserializer deserializer = new MillraceAvroDeserializer();

    @Test
    void shouldFrameARecordWithTheFingerprintOfItsSchema() {
        ByteBuffer bytes =
                ByteBuffer.wrap(serializer.serialize("t", Samples.command())).order(ByteOrder.LITTLE_ENDIAN);

        assertEquals((byte) 0xC3, bytes.get());
        assertEquals((byte) 0x01, bytes.get());
        assertEquals(SchemaNormalization.parsingFingerprint64(Command.SCHEMA$), bytes.getLong());
    }

    @Test
    void shouldWriteAndReadExactlyWhatAvrosOwnMessagesAre() throws Exception {
        for (long seed = 1; seed <= 50; seed++) {
            for (SpecificRecord sample : Samples.ofEachRoot(seed)) {
                SpecificData model = SpecificData.getForSchema(sample.getSchema());
                byte[] ours = serializer.serialize("t", sample);
                // Maps have no order of their own, so that not bytes but what they say is compared.
                Object byAvro = new BinaryMessageDecoder<>(model, sample.getSchema()).decode(ours);
                ByteBuffer avros = new BinaryMessageEncoder<SpecificRecord>(model, sample.getSchema()).encode(sample);
                byte[] avrosBytes = new byte[avros.remaining()];
                avros.get(avrosBytes);

                assertEquals(sample, byAvro, "seed " + seed);
                assertEquals(sample, deserializer.deserialize("t", ours), "seed " + seed);
                assertEquals(sample, deserializer.deserialize("t", avrosBytes), "seed " + seed);
            }
        }
    }

    @Test
    void shouldLeaveTombstonesAlone() {
        assertNull(serializer.serialize("t", null));
        assertNull(deserializer.deserialize("t", null));
    }

    @Test
    void shouldRefuseWhatIsNoRecord() {
        var refused = assertThrows(UnwritableRecordException.class, () -> serializer.serialize("t", "text"));

        assertTrue(refused.getMessage().contains("java.lang.String"), refused.getMessage());
    }

    @Test
    void shouldRefuseARecordWithoutARequiredFieldAndWriteTheNextOneWhole() {
        assertThrows(UnwritableRecordException.class, () -> serializer.serialize("t", new Command()));

        byte[] next = serializer.serialize("t", Samples.command());

        assertEquals(Samples.command(), deserializer.deserialize("t", next));
    }

    @Test
    void shouldWriteTheSameAfterALargeRecord() {
        byte[] before = serializer.serialize("t", Samples.command());
        Command large = Samples.command();
        large.getStart().getInput().setData(ByteBuffer.allocate(400 * 1024));

        assertEquals(large, deserializer.deserialize("t", serializer.serialize("t", large)));
        assertArrayEquals(before, serializer.serialize("t", Samples.command()));
    }

    @Test
    void shouldLeaveThePositionOfAPayloadWhereItWas() {
        ByteBuffer direct = ByteBuffer.allocateDirect(4).putInt(42).flip();
        Command command = Samples.command();
        command.getStart().getInput().setData(direct);

        Command read = (Command) deserializer.deserialize("t", serializer.serialize("t", command));

        assertEquals(4, direct.remaining());
        assertEquals(42, read.getStart().getInput().getData().getInt());
    }

    @Test
    void shouldServeManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = IntStream.range(0, 8)
                    .mapToObj(thread -> (Callable<Boolean>) () -> LongStream.range(0, 200)
                            .mapToObj(n -> Samples.ofEachRoot(thread * 1_000L + n))
                            .flatMap(List::stream)
                            .allMatch(sample ->
                                    sample.equals(deserializer.deserialize("t", serializer.serialize("t", sample)))))
                    .toList();
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
