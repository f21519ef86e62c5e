package io.millrace.client.internal;

import io.millrace.client.MillraceException;
import io.millrace.schemas.Answer;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads what the engine says: this client's replies and answers, and everyone's status. A record's key
 * says whether anyone here waits for it; the values of all others are never deserialized.
 */
final class EngineReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineReader.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_ERROR = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final String repliesTopic;
    private final String answersTopic;
    private final PendingRequests<CommandReply> replies;
    private final PendingRequests<Answer> answers;
    private final EndWatches ends;
    private final Deserializer<CommandReply> replyReader;
    private final Deserializer<Answer> answerReader;
    private final Deserializer<WorkflowState> statusReader;

    private volatile boolean stopping;
    private volatile @Nullable RuntimeException lastError;

    EngineReader(Consumer<byte[], byte[]> consumer, ClientTopics topics, RecordSerdes serdes, Waiters waiters) {
        this.consumer = consumer;
        this.repliesTopic = topics.name(Topic.REPLIES);
        this.answersTopic = topics.name(Topic.ANSWERS);
        this.replies = waiters.replies();
        this.answers = waiters.answers();
        this.ends = waiters.ends();
        this.replyReader = serdes.deserializer(CommandReply.class);
        this.answerReader = serdes.deserializer(Answer.class);
        this.statusReader = serdes.deserializer(WorkflowState.class);
    }

    /** Everyone who waits for a record. */
    record Waiters(PendingRequests<CommandReply> replies, PendingRequests<Answer> answers, EndWatches ends) {}

    @Override
    public void run() {
        while (!stopping) {
            try {
                consumer.poll(POLL).forEach(this::read);
                lastError = null;
            } catch (WakeupException woken) {
                LOG.debug("woken to stop");
            } catch (RuntimeException e) {
                // Callers time out and are told of it; the client must work again when Kafka does.
                LOG.warn("cannot read from Kafka, trying again: {}", e.toString());
                lastError = e;
                LockSupport.parkNanos(AFTER_ERROR.toNanos());
            }
        }
        consumer.close();
    }

    /** Ends the thread soon. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    /** Why nothing can be read, where that is so. */
    @Nullable
    RuntimeException lastError() {
        return lastError;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.topic().equals(repliesTopic)) {
            readFor(replies, key, record, replyReader);
        } else if (record.topic().equals(answersTopic)) {
            readFor(answers, key, record, answerReader);
        } else if (ends.isWatched(key)) {
            readStatus(record);
        }
    }

    private <T extends SpecificRecord> void readFor(
            PendingRequests<T> pending, String id, ConsumerRecord<byte[], byte[]> record, Deserializer<T> reader) {
        if (!pending.isExpected(id)) {
            return;
        }
        try {
            pending.complete(id, reader.deserialize(record.topic(), record.value()));
        } catch (RuntimeException e) {
            pending.fail(id, new MillraceException("the engine's answer cannot be read: " + e.getMessage(), e));
        }
    }

    private void readStatus(ConsumerRecord<byte[], byte[]> record) {
        try {
            ends.onStatus(statusReader.deserialize(record.topic(), record.value()), record.serializedValueSize());
        } catch (RuntimeException e) {
            LOG.warn(
                    "skipping a status that cannot be read, at {}-{} offset {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e);
        }
    }
}
