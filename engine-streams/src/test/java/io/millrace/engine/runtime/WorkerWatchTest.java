package io.millrace.engine.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class WorkerWatchTest {
    private static final String TOPIC = "millrace.workers";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final WorkerWatch watch = new WorkerWatch(
            new LeaseTable(),
            TOPIC,
            new WorkerWatch.Instance("e1", "here"),
            RecordSerdes.from(Map.of()),
            new WorkerWatch.Clients(
                    consumer, new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer())));

    WorkerWatchTest() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
    }

    @Test
    void shouldSayWhyItEndsByItself() {
        watch.start(SOON);
        consumer.schedulePollTask(() -> {
            throw new NoClassDefFoundError("gone");
        });
        await().atMost(SOON).until(() -> watch.ended().isDone());
        assertEquals(
                "the watch of the workers on millrace.workers has ended: java.lang.NoClassDefFoundError: gone",
                watch.ended().join());
    }

    @Test
    void shouldNotEndByItselfWhenItIsClosed() {
        watch.start(SOON);
        watch.close();
        await().atMost(SOON).until(() -> !watch.isRunning());
        assertFalse(watch.ended().isDone());
    }
}
