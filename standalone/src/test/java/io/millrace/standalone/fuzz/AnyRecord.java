package io.millrace.standalone.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a schema, from quite usual ones to such as no program of ours would write: by a chance, each value is the least, the largest,
 * empty, endless or of another kind than its neighbours suggest.
 */
final class AnyRecord {
    /** A record with so many optional records is one of several kinds: see docs/adr/0001-records.md. */
    private static final int KINDS_OF_A_ONE_OF = 3;

    /** Steps within steps and the like: deep enough to be odd. */
    private static final int DEEPEST = 12;

    private static final int LONG_ARRAY = 1_200;
    private static final int LONG_TEXT = 20_000;

    private static final long[] LONGS = {
        0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE + 1L, 1L << 53, (1L << 53) + 1, -62_135_596_800_001L
    };
    private static final int[] INTS = {0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_001};

    private final Random random;
    private final double boldness;

    /**
     * A source of records.
     *
     * @param boldness how likely each value is an extreme one, from 0 to 1
     */
    AnyRecord(Random random, double boldness) {
        this.random = random;
        this.boldness = boldness;
    }

    GenericRecord of(Schema schema) {
        return record(schema, 0);
    }

    private GenericRecord record(Schema schema, int depth) {
        GenericRecord record = new GenericData.Record(schema);
        List<Schema.Field> kinds =
                schema.getFields().stream().filter(AnyRecord::isKind).toList();
        boolean oneOf = kinds.size() >= KINDS_OF_A_ONE_OF && !bold();
        Schema.Field chosen = oneOf ? kinds.get(random.nextInt(kinds.size())) : null;
        for (Schema.Field field : schema.getFields()) {
            Schema type = field.schema();
            if (oneOf && isKind(field)) {
                type = type.getTypes().get(field == chosen ? 1 : 0);
            }
            record.put(field.pos(), value(field.name(), type, depth + 1));
        }
        return record;
    }

    private static boolean isKind(Schema.Field field) {
        Schema type = field.schema();
        return type.getType() == Schema.Type.UNION
                && type.getTypes().size() == 2
                && type.getTypes().get(1).getType() == Schema.Type.RECORD;
    }

    private boolean bold() {
        return random.nextDouble() < boldness;
    }

    private @Nullable Object value(String name, Schema schema, int depth) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, depth);
            case UNION -> value(name, branch(schema, depth), depth);
            case ARRAY -> array(name, schema.getElementType(), depth);
            case MAP -> map(name, schema.getValueType(), depth);
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case STRING -> text(name);
            case BYTES -> bytes();
            case INT -> bold() ? INTS[random.nextInt(INTS.length)] : random.nextInt(6);
            case LONG -> bold() ? LONGS[random.nextInt(LONGS.length)] : longOf(name);
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE -> bold() ? Double.NaN : random.nextDouble();
            case FLOAT -> bold() ? Float.NEGATIVE_INFINITY : random.nextFloat();
            case NULL -> null;
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
        };
    }

    private Schema branch(Schema union, int depth) {
        List<Schema> branches = union.getTypes();
        return depth > DEEPEST ? branches.get(0) : branches.get(random.nextInt(branches.size()));
    }

    private List<@Nullable Object> array(String name, Schema element, int depth) {
        boolean leaf = element.getType() != Schema.Type.RECORD;
        int length = bold() && (leaf || depth < 4) ? lengthOf(LONG_ARRAY) : random.nextInt(depth > DEEPEST ? 1 : 3);
        List<@Nullable Object> values = new ArrayList<>(length);
        // One value again and again: a thousand different ones would only take longer to make.
        Object value = length == 0 ? null : value(name, element, depth + 1);
        for (int i = 0; i < length; i++) {
            values.add(i < 3 ? value(name, element, depth + 1) : value);
        }
        return values;
    }

    /** Seldom the longest: the chance of a record of megabytes is small, and not none. */
    private int lengthOf(int longest) {
        return random.nextInt(20) == 0 ? longest : random.nextInt(8);
    }

    private Map<String, @Nullable Object> map(String name, Schema values, int depth) {
        Map<String, @Nullable Object> map = new HashMap<>();
        int size = bold() ? random.nextInt(40) : random.nextInt(3);
        for (int i = 0; i < size; i++) {
            map.put(text("key") + i, value(name, values, depth + 1));
        }
        return map;
    }

    private String text(String name) {
        if (!bold()) {
            return HostileNames.named(name, random);
        }
        return random.nextInt(10) == 0
                ? "\u4e16".repeat(1 + random.nextInt(LONG_TEXT))
                : HostileNames.impossible(random);
    }

    private ByteBuffer bytes() {
        if (!bold()) {
            return ByteBuffer.wrap("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = new byte[lengthOf(LONG_TEXT)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private long longOf(String name) {
        boolean time = name.endsWith("AtMs") || name.equals("untilMs");
        return time ? System.currentTimeMillis() + random.nextInt(2_000) : random.nextInt(5);
    }
}
