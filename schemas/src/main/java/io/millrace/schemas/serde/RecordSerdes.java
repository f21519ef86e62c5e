package io.millrace.schemas.serde;

import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.serde.MalformedRecordException.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Makes the serdes of all topics from one configuration, the Kafka way: {@code value.serializer} and {@code value.deserializer} name
 * classes, by default {@link MillraceAvroSerializer} and {@link MillraceAvroDeserializer}, and all settings are passed on to them. So
 * Confluent's own {@code KafkaAvroSerializer} and {@code KafkaAvroDeserializer} can be used where they are on the class path.
 *
 * <p>The serdes are as safe for use by several threads at once as those classes are: ours are.
 *
 * <pre>{@code
 * RecordSerdes serdes = RecordSerdes.from(Map.of("schema.registry.url", "http://registry:8081"));
 * var producer = new KafkaProducer<>(config, new StringSerializer(), serdes.serializer(Command.class));
 * }</pre>
 */
public final class RecordSerdes {
    static {
        // For the deserializers of others; ours does it too.
        TrustedRecords.establish();
    }

    private static final String SERIALIZER = "value.serializer";
    private static final String DESERIALIZER = "value.deserializer";

    private final Map<String, ?> config;

    private RecordSerdes(Map<String, ?> config) {
        Map<String, Object> all = new HashMap<>(config);
        // Without it, Confluent's deserializer returns generic records.
        all.putIfAbsent("specific.avro.reader", "true");
        this.config = Map.copyOf(withoutNulls(all));
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> config) {
        config.values().removeIf(value -> value == null);
        return config;
    }

    /** Serdes as the configuration says: {@code value.serializer}, {@code value.deserializer}, {@code schema.registry.url}. */
    public static RecordSerdes from(Map<String, ?> config) {
        return new RecordSerdes(config);
    }

    /**
     * A serializer of one record type.
     *
     * @throws ConfigException if {@code value.serializer} is not a usable serializer, or does not like its settings
     */
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        Serializer<Object> delegate = configured(SERIALIZER, Serializer.class, MillraceAvroSerializer.class);
        delegate.configure(config, false);
        return new TypedSerializer<>(delegate);
    }

    /**
     * A deserializer that returns records of one type. It throws Kafka's {@link SerializationException} whatever it is given
     * otherwise; with our deserializer one of the two kinds that this package tells apart.
     *
     * @throws ConfigException if {@code value.deserializer} is not a usable deserializer, or does not like its settings
     */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        Deserializer<Object> delegate = configured(DESERIALIZER, Deserializer.class, MillraceAvroDeserializer.class);
        delegate.configure(config, false);
        return new TypedDeserializer<>(type, delegate);
    }

    /** Both. */
    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }

    /** An instance of the class that the setting names, as a class or by name. */
    @SuppressWarnings("unchecked") // What it can write or read is checked with each record.
    private <S> S configured(String setting, Class<?> kind, Class<?> otherwise) {
        Object named = config.containsKey(setting) ? config.get(setting) : otherwise;
        try {
            Object made = named instanceof Class<?> type
                    ? Utils.newInstance(type)
                    : Utils.newInstance(named.toString(), Object.class);
            if (!kind.isInstance(made)) {
                throw new ConfigException(setting, named, "is not a " + kind.getName());
            }
            return (S) made;
        } catch (ClassNotFoundException e) {
            throw new ConfigException(setting, named, "is not on the class path");
        }
    }

    /** Passes on, and narrows the type. */
    private record TypedSerializer<T>(Serializer<Object> delegate) implements Serializer<T> {
        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T value) {
            return delegate.serialize(topic, value);
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T value) {
            return delegate.serialize(topic, headers, value);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    /** Passes on, and checks that it is the type that is wanted. */
    private record TypedDeserializer<T>(Class<T> type, Deserializer<Object> delegate) implements Deserializer<T> {
        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
            return checked(topic, () -> delegate.deserialize(topic, bytes));
        }

        @Override
        public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
            return checked(topic, () -> delegate.deserialize(topic, headers, bytes));
        }

        private @Nullable T checked(String topic, Supplier<@Nullable Object> reading) {
            Object read = read(topic, reading);
            if (read == null || type.isInstance(read)) {
                return type.cast(read);
            }
            throw new MalformedRecordException(
                    Reason.WRONG_TYPE,
                    "topic " + topic + ": a " + read.getClass().getName() + " where a " + type.getName()
                            + " is wanted");
        }

        private static @Nullable Object read(String topic, Supplier<@Nullable Object> reading) {
            try {
                return reading.get();
            } catch (SerializationException e) {
                throw e;
            } catch (RuntimeException e) {
                // Others' deserializers let what Avro throws through; a consumer knows only this kind.
                throw new SerializationException("topic " + topic + ": a value that cannot be read", e);
            }
        }

        @Override
        public void close() {
            delegate.close();
        }
    }
}
