package io.millrace.client.internal;

import io.millrace.client.MillraceException;
import io.millrace.schemas.Answer;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads what the engine says: this client's replies and answers, and everyone's status. A record's key
 * says whether anyone here wants it; the values of all others are never deserialized.
 */
final class EngineReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineReader.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_ERROR = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final String repliesTopic;
    private final String statusTopic;
    private final List<TopicPartition> statusPartitions;
    private final PendingRequests<CommandReply> replies;
    private final PendingRequests<Answer> answers;
    private final EndWatches ends;
    private final StatusTail tail;
    private final Deserializer<CommandReply> replyReader;
    private final Deserializer<Answer> answerReader;
    private final Deserializer<WorkflowState> statusReader;

    private volatile boolean stopping;
    private volatile @Nullable RuntimeException lastError;

    EngineReader(Consumer<byte[], byte[]> consumer, ClientTopics topics, RecordSerdes serdes, Waiters waiters) {
        this.consumer = consumer;
        this.repliesTopic = topics.name(Topic.REPLIES);
        this.statusTopic = topics.name(Topic.STATUS);
        this.statusPartitions = topics.statusPartitions();
        this.replies = waiters.replies();
        this.answers = waiters.answers();
        this.ends = waiters.ends();
        this.tail = waiters.tail();
        this.replyReader = serdes.deserializer(CommandReply.class);
        this.answerReader = serdes.deserializer(Answer.class);
        this.statusReader = serdes.deserializer(WorkflowState.class);
    }

    /** Everyone who waits for a record. */
    record Waiters(
            PendingRequests<CommandReply> replies, PendingRequests<Answer> answers, EndWatches ends, StatusTail tail) {}

    @Override
    public void run() {
        while (!stopping) {
            try {
                if (tail.isToBeginAgain()) {
                    beginAgain();
                }
                consumer.poll(POLL).forEach(this::read);
                statusPartitions.forEach(
                        partition -> tail.onPolled(partition.partition(), consumer.position(partition)));
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

    private void beginAgain() {
        consumer.seekToBeginning(statusPartitions);
        tail.beginAgain(statusPartitions.stream().mapToLong(consumer::position).toArray());
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
        if (record.topic().equals(statusTopic)) {
            readStatus(new StatusRecord(record, statusReader));
        } else if (record.key() != null && record.value() != null) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.topic().equals(repliesTopic)) {
                readFor(replies, key, record, replyReader);
            } else {
                readFor(answers, key, record, answerReader);
            }
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

    private void readStatus(StatusRecord record) {
        String workflowId = record.workflowId();
        if (workflowId != null && ends.isWatched(workflowId)) {
            WorkflowState state = record.state();
            if (state != null) {
                ends.onStatus(state, record.bytes());
            }
        }
        tail.onRecord(record);
    }
}
