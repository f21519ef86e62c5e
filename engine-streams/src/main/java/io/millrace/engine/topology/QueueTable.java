package io.millrace.engine.topology;

import io.millrace.engine.queue.QueueView;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Topic;
import io.millrace.schemas.registry.SchemaRegistryException;
import io.millrace.schemas.serde.RecordSerdes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of all queues as they are on the queues topic, which every engine instance keeps in memory as a global store: it is read to its end
 * before anything is decided. What a queue's home has told this partition and is not there yet goes before it.
 */
final class QueueTable implements QueueView {
    static final String NAME = "queues";
    static final String UPDATER = "queues-updater";

    private static final Logger LOG = LoggerFactory.getLogger(QueueTable.class);

    private final ReadOnlyKeyValueStore<String, byte[]> rows;
    private final Deserializer<QueueSettings> deserializer;
    private final String topic;

    /** What was read of each row, while it is the same one. */
    private final Map<String, Read> read = new HashMap<>();

    private final Map<String, QueueSettings> learned = new HashMap<>();

    private record Read(byte[] row, @Nullable QueueSettings settings) {}

    QueueTable(ReadOnlyKeyValueStore<String, byte[]> rows, Namespace namespace, RecordSerdes serdes) {
        this.rows = rows;
        this.deserializer = serdes.deserializer(QueueSettings.class);
        this.topic = namespace.topic(Topic.QUEUES);
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled();
    }

    @Override
    public @Nullable QueueSettings find(String queue) {
        byte[] row = rows.get(queue);
        return newest(queue, row == null ? null : readOrLast(queue, row));
    }

    private @Nullable QueueSettings newest(String queue, @Nullable QueueSettings found) {
        QueueSettings told = learned.get(queue);
        if (told == null) {
            return found;
        }
        if (found != null && found.getRevision() >= told.getRevision()) {
            learned.remove(queue);
            return found;
        }
        return told;
    }

    /**
     * {@inheritDoc}
     *
     * @throws SchemaRegistryException if some are there that nobody can read while the registry does not answer
     */
    @Override
    public Collection<QueueSettings> all() {
        Map<String, QueueSettings> all = new HashMap<>(learned);
        try (KeyValueIterator<String, byte[]> found = rows.all()) {
            while (found.hasNext()) {
                KeyValue<String, byte[]> row = found.next();
                QueueSettings settings = newest(row.key, read(row.key, row.value));
                if (settings != null) {
                    all.put(settings.getQueue(), settings);
                }
            }
        }
        return all.values();
    }

    @Override
    public void learn(QueueSettings settings) {
        QueueSettings known = find(settings.getQueue());
        if (known == null || known.getRevision() < settings.getRevision()) {
            learned.put(settings.getQueue(), settings);
        }
    }

    /**
     * While a registry does not answer, a queue is as it was, or unknown, and its home is asked. It cannot be that nothing was read yet: all are
     * {@linkplain #all read} before anything is decided.
     */
    private @Nullable QueueSettings readOrLast(String queue, byte[] row) {
        try {
            return read(queue, row);
        } catch (SchemaRegistryException e) {
            Read last = read.get(queue);
            return last == null ? null : last.settings;
        }
    }

    /** What anybody but an engine has written there, and is no settings, is as if it were not there. */
    private @Nullable QueueSettings read(String queue, byte[] row) {
        Read known = read.get(queue);
        if (known == null || known.row != row) {
            known = new Read(row, decoded(queue, row));
            read.put(queue, known);
        }
        return known.settings;
    }

    private @Nullable QueueSettings decoded(String queue, byte[] row) {
        try {
            QueueSettings settings = deserializer.deserialize(topic, row);
            return queue.equals(settings.getQueue()) ? settings : null;
        } catch (SchemaRegistryException e) {
            // They may be sound, and to go on without them would be to go on without the queue's limits.
            throw e;
        } catch (SerializationException e) {
            LOG.warn("the settings of queue {} on {} cannot be read and are ignored: {}", queue, topic, e.getMessage());
            return null;
        }
    }

    /** Keeps the global store. */
    static final class Updater implements Processor<String, byte[], Void, Void> {
        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(NAME);
        }

        @Override
        public void process(Record<String, byte[]> record) {
            if (store != null && record.key() != null) {
                store.put(record.key(), record.value());
            }
        }
    }
}
