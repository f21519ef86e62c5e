package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Valid records with a few bytes changed are read, or refused with a reason. Nothing else ever happens. */
class MutatedRecordTest {
    private static final int ROUNDS = 20_000;

    private final MillraceAvroSerializer serializer = new MillraceAvroSerializer();
    private final MillraceAvroDeserializer deserializer = new MillraceAvroDeserializer();

    @Test
    void shouldReadOrRefuseWhateverIsChanged() {
        long seed = Long.getLong("millrace.test.seed", System.nanoTime());
        System.out.println("MutatedRecordTest: -Dmillrace.test.seed=" + seed);
        Random random = new Random(seed);
        List<byte[]> valid = Samples.ofEachRoot(seed).stream()
                .map((SpecificRecord sample) -> serializer.serialize("t", sample))
                .toList();
        Map<MalformedRecordException.Reason, Integer> refused = new EnumMap<>(MalformedRecordException.Reason.class);

        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = mutated(valid.get(random.nextInt(valid.size())), random);
            try {
                deserializer.deserialize("t", mutated);
            } catch (MalformedRecordException e) {
                refused.merge(e.reason(), 1, Integer::sum);
            } catch (Throwable e) {
                fail("seed " + seed + ", round " + round + ": " + Arrays.toString(mutated), e);
            }
        }

        // Else the mutations would be too tame to show anything.
        assertTrue(refused.size() >= 4, "seed " + seed + ": " + refused);
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            // Mostly behind the header: a changed fingerprint is soon told.
            int low = random.nextInt(10) == 0 ? 0 : Math.min(Framing.SINGLE_OBJECT_HEADER_BYTES, bytes.length - 1);
            int at = low + random.nextInt(bytes.length - low);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 9), (byte) 0xff);
                case 3 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(4));
            }
        }
        return bytes;
    }
}
