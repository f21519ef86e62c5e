package io.millrace.worker.internal.transport;

import io.millrace.schemas.InboxMessage;
import io.millrace.worker.internal.transport.WorkerTransport.InboxReceiver;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one partition of {@code inbox} and passes on what is addressed to one worker. */
final class KafkaInbox {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaInbox.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<InboxMessage> messages;
    private final byte[] address;
    private final InboxReceiver receiver;
    private volatile boolean stopped;

    /** The consumer is positioned, and this thread's alone from the start on. */
    KafkaInbox(
            Consumer<byte[], byte[]> consumer,
            Deserializer<InboxMessage> messages,
            byte[] address,
            InboxReceiver receiver) {
        this.consumer = consumer;
        this.messages = messages;
        this.address = address;
        this.receiver = receiver;
    }

    void start() {
        // No daemon: a process whose main thread has ended lives on as long as its worker.
        Thread reader = new Thread(this::read, "millrace-inbox");
        reader.start();
    }

    /** Nothing more is passed on after the message in hand; does not wait for that. */
    void stop() {
        stopped = true;
        consumer.wakeup();
    }

    private void read() {
        try (consumer) {
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    receive(message);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("The inbox is closed");
        } catch (Throwable e) {
            // Errors too: a worker that hears nothing and goes on beating would hold what it owns for ever.
            if (!stopped) {
                receiver.onFailure(e);
            }
        }
    }

    private void receive(ConsumerRecord<byte[], byte[]> message) {
        // Keys are compared before values are read: the partition is shared with other workers.
        if (stopped || message.value() == null || !Arrays.equals(message.key(), address)) {
            return;
        }
        InboxMessage decoded;
        try {
            decoded = messages.deserialize(message.topic(), message.value());
        } catch (RuntimeException e) {
            // One line, without a trace: a stray producer could fill disks with them.
            LOG.warn(
                    "A message at offset {} of {} cannot be read and is skipped: {}",
                    message.offset(),
                    message.topic(),
                    e.getMessage());
            return;
        }
        try {
            receiver.onMessage(decoded);
        } catch (RuntimeException e) {
            LOG.error("A message at offset {} of {} could not be taken", message.offset(), message.topic(), e);
        }
    }
}
