package io.millrace.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.StatusSink.Ending;
import io.millrace.client.internal.StatusTailTest.Sink;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final TopicPartition PARTITION = new TopicPartition("status", 0);
    private static final RecordSerdes SERDES = RecordSerdes.from(Map.of());

    private final StatusTail tail = new StatusTail(new long[] {12, 0});
    private final Sink sink = new Sink("");
    private final StatusFollower follower = tail.join(UUID.randomUUID(), new long[] {10, 0}, sink);
    private final Deque<Runnable> turns = new ArrayDeque<>();
    private long nowNanos;

    @Test
    void shouldReadOnUntilTheTailDoes() {
        catchUp().run();

        assertEquals(2, sink.taken.size());
        assertTrue(follower.isAllLive());
        assertTrue(turns.isEmpty());
    }

    @Test
    void shouldGiveItsTurnAwayWhereThereIsNoRoomAndGoOnThere() {
        sink.hasRoom = false;
        catchUp().run();
        assertEquals(1, turns.size());
        assertFalse(follower.isOver());

        sink.hasRoom = true;
        turns.remove().run();

        assertEquals(2, sink.taken.size());
        assertTrue(follower.isAllLive());
        assertTrue(turns.isEmpty());
    }

    @Test
    void shouldEndWhoTakesNothingForTooLong() {
        sink.hasRoom = false;
        catchUp().run();
        nowNanos = CatchUp.PATIENCE.toNanos();
        turns.remove().run();
        assertEquals(List.of(), sink.endings);

        nowNanos++;
        turns.remove().run();

        assertEquals(List.of(Ending.NO_ROOM), sink.endings);
    }

    @Test
    void shouldWaitASecondInAllBeforeOthersHaveTheirTurn() {
        sink.onOffer = () -> nowNanos += Duration.ofMillis(600).toNanos();
        catchUp().run();

        assertEquals(List.of(Duration.ofMillis(1_000), Duration.ofMillis(400)), sink.patience);
    }

    @Test
    void shouldEndWhereTooManyWaitForTheirTurn() {
        sink.hasRoom = false;
        new CatchUp(
                        tail,
                        follower,
                        source(),
                        task -> {
                            throw new RejectedExecutionException("full");
                        },
                        () -> nowNanos)
                .run();

        assertEquals(List.of(Ending.NO_ROOM), sink.endings);
    }

    private CatchUp catchUp() {
        return new CatchUp(tail, follower, source(), turns::add, () -> nowNanos);
    }

    private CatchUp.Source source() {
        return new CatchUp.Source(CatchUpTest::consumer, List.of(PARTITION), SERDES.deserializer(WorkflowState.class));
    }

    /** Of a log with two records. */
    private static Consumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(StatusTailTest.consumed(0, 10, StatusTailTest.state("a")));
            consumer.addRecord(StatusTailTest.consumed(0, 11, StatusTailTest.state("b")));
        });
        return consumer;
    }
}
