package io.millrace.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.EngineUnavailableException;
import io.millrace.client.LimitExceededException;
import io.millrace.client.MillraceException;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.client.StatusSink.Ending;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusTailTest {
    private static final UUID LOG = UUID.randomUUID();
    private static final RecordSerdes SERDES = RecordSerdes.from(Map.of());

    private final StatusTail tail = new StatusTail(new long[] {10, 20});

    @Test
    void shouldGiveWhatComesFromNowOnToAllWhoWantIt() {
        Sink first = new Sink("");
        Sink second = new Sink("b");
        tail.join(LOG, null, first);
        tail.onRecord(record(0, 10, "a"));
        StatusFollower later = tail.join(LOG, null, second);
        assertEquals(place(11, 20), later.position());

        tail.onRecord(record(1, 20, "b"));
        tail.onRecord(record(0, 11, "a"));

        assertEquals(List.of("a@11/20", "b@11/21", "a@12/21"), first.taken);
        assertEquals(List.of("b@11/21"), second.taken);
        assertEquals(place(12, 21), later.position());
    }

    @Test
    void shouldSkipTombstonesAndWhatCannotBeRead() {
        Sink sink = new Sink("");
        StatusFollower follower = tail.join(LOG, null, sink);
        tail.onRecord(new StatusRecord(
                new ConsumerRecord<>("status", 0, 10, bytes("a"), null), SERDES.deserializer(WorkflowState.class)));
        tail.onRecord(new StatusRecord(
                new ConsumerRecord<>("status", 0, 11, bytes("a"), bytes("garbage")),
                SERDES.deserializer(WorkflowState.class)));
        tail.onRecord(new StatusRecord(
                new ConsumerRecord<>("status", 0, 12, null, bytes("garbage")),
                SERDES.deserializer(WorkflowState.class)));
        tail.onPolled(0, 15);

        assertEquals(List.of(), sink.taken);
        assertEquals(place(15, 20), follower.position());
    }

    @Test
    void shouldTakeOverFromACatchUpWithoutAGapAndWithoutGivingAnythingTwice() {
        Sink sink = new Sink("");
        StatusFollower follower = tail.join(LOG, new long[] {8, 19}, sink);
        assertFalse(follower.isAllLive());
        tail.onRecord(record(0, 10, "tail"));
        // It reads on, and further than the tail in one partition.
        tail.onCaughtUpTo(follower, 0, 12);
        assertFalse(tail.goLive(follower));
        assertTrue(tail.isLive(follower, 0));
        tail.onRecord(record(0, 11, "read by the catch-up"));
        tail.onRecord(record(0, 12, "by the tail"));
        assertEquals(place(13, 19), follower.position());
        tail.onRecord(record(1, 20, "not yet"));
        tail.onCaughtUpTo(follower, 1, 21);

        assertTrue(tail.goLive(follower));

        tail.onRecord(record(1, 21, "by the tail too"));
        assertEquals(List.of("by the tail@13/19", "by the tail too@13/22"), sink.taken);
    }

    @Test
    void shouldNotGoLiveInOnePartitionWhileItIsFarBehindInAnother() {
        tail.onPolled(1, 20 + StatusTail.NEAR);
        StatusFollower follower = tail.join(LOG, new long[] {10, 19}, new Sink(""));
        assertFalse(tail.isLive(follower, 0));

        tail.onCaughtUpTo(follower, 1, 20);
        tail.goLive(follower);

        assertTrue(tail.isLive(follower, 0));
        assertFalse(tail.isLive(follower, 1));
    }

    @Test
    void shouldGiveThePlaceBehindARecordThatACatchUpTakes() {
        StatusFollower follower = tail.join(LOG, new long[] {5, 6}, new Sink(""));

        assertEquals(place(8, 6), tail.placeBehind(follower, 0, 7));
        assertEquals(place(5, 6), follower.position());
    }

    @Test
    void shouldEndWhoHasNoRoomAndGoOnForOthers() {
        Sink slow = new Sink("");
        Sink quick = new Sink("");
        slow.hasRoom = false;
        tail.join(LOG, null, slow);
        tail.join(LOG, null, quick);

        tail.onRecord(record(0, 10, "a"));
        tail.onRecord(record(0, 11, "b"));

        assertEquals(List.of(Ending.NO_ROOM), slow.endings);
        assertEquals(2, quick.taken.size());
    }

    @Test
    void shouldEndAllWhenTheLogGoesBack() {
        for (boolean empty : new boolean[] {false, true}) {
            Sink sink = new Sink("");
            StatusTail other = new StatusTail(new long[] {10, 20});
            other.join(LOG, null, sink);
            if (empty) {
                other.onPolled(0, 0);
            } else {
                other.onRecord(record(0, 3, "a"));
            }
            assertEquals(List.of(Ending.LOG_REPLACED), sink.endings);
            assertEquals(List.of(), sink.taken);
            assertEquals(
                    place(empty ? 0 : 4, 20),
                    other.join(LOG, null, new Sink("")).position());
        }
    }

    @Test
    void shouldEndAllWhenTheTopicIsAnotherOne() {
        Sink sink = new Sink("");
        tail.join(LOG, null, sink);

        assertThrows(EngineUnavailableException.class, () -> tail.join(UUID.randomUUID(), null, new Sink("")));

        assertEquals(List.of(Ending.LOG_REPLACED), sink.endings);
    }

    @Test
    void shouldTakeNobodyUntilItIsAtTheBeginningOfTheNewLog() {
        UUID another = UUID.randomUUID();
        tail.join(LOG, null, new Sink(""));
        assertFalse(tail.isToBeginAgain());
        for (int i = 0; i < 2; i++) {
            assertThrows(EngineUnavailableException.class, () -> tail.join(another, null, new Sink("")));
            assertTrue(tail.isToBeginAgain());
        }

        tail.beginAgain(new long[] {0, 1});

        assertFalse(tail.isToBeginAgain());
        Sink sink = new Sink("");
        assertEquals(
                new StatusPosition(another, new long[] {0, 1}),
                tail.join(another, null, sink).position());
        tail.onRecord(record(0, 0, "a"));
        assertEquals(List.of("a@1/1"), sink.taken);
        assertEquals(List.of(), sink.endings);
    }

    @Test
    void shouldForgetWhoLeavesAndEndAllAtTheEnd() {
        Sink left = new Sink("");
        Sink there = new Sink("");
        tail.join(LOG, null, left).close();
        tail.join(LOG, null, there);
        tail.onRecord(record(0, 10, "a"));

        tail.close();

        assertEquals(List.of(), left.taken);
        assertEquals(List.of(), left.endings);
        assertEquals(List.of(Ending.CLOSED), there.endings);
        assertThrows(MillraceException.class, () -> tail.join(LOG, null, left));
    }

    @Test
    void shouldRefuseMoreThanThereMayBe() {
        for (int i = 0; i < StatusTail.MAX_FOLLOWERS; i++) {
            tail.join(LOG, null, new Sink(""));
        }

        assertThrows(LimitExceededException.class, () -> tail.join(LOG, null, new Sink("")));
    }

    @Test
    void shouldLeaveOutputsAway() {
        Sink sink = new Sink("");
        tail.join(LOG, null, sink);
        WorkflowState state = state("a");
        state.setOutput(new Payload("json", ByteBuffer.wrap(new byte[10_000])));

        tail.onRecord(record(0, 10, state));

        assertEquals(null, sink.states.get(0).getOutput());
        assertTrue(sink.bytes < 1_000, "bytes: " + sink.bytes);
    }

    private static StatusPosition place(long... next) {
        return new StatusPosition(LOG, next);
    }

    static WorkflowState state(String workflowId) {
        return WorkflowState.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowType("t")
                .setStatus(WorkflowStatus.RUNNING)
                .setQueue("q")
                .setCreatedAtMs(0)
                .setUpdatedAtMs(0)
                .build();
    }

    private static StatusRecord record(int partition, long offset, String workflowId) {
        return record(partition, offset, state(workflowId));
    }

    private static StatusRecord record(int partition, long offset, WorkflowState state) {
        return new StatusRecord(consumed(partition, offset, state), SERDES.deserializer(WorkflowState.class));
    }

    static ConsumerRecord<byte[], byte[]> consumed(int partition, long offset, WorkflowState state) {
        byte[] value = SERDES.serializer(WorkflowState.class).serialize("status", state);
        return new ConsumerRecord<>("status", partition, offset, bytes(state.getWorkflowId()), value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Wants all ids that begin so, and writes down what it gets. */
    static final class Sink implements StatusSink {
        final List<String> taken = new ArrayList<>();
        final List<Duration> patience = new ArrayList<>();
        final List<Ending> endings = new ArrayList<>();
        boolean hasRoom = true;
        Runnable onOffer = () -> {};
        private final String prefix;
        private final List<WorkflowState> states = new ArrayList<>();
        private int bytes;

        Sink(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public boolean mayWant(String workflowId) {
            return workflowId.startsWith(prefix);
        }

        @Override
        public boolean wants(WorkflowState state) {
            return true;
        }

        @Override
        public boolean offer(Entry entry, Duration patience) {
            this.patience.add(patience);
            onOffer.run();
            if (hasRoom) {
                taken.add(entry.state().getWorkflowId() + "@" + entry.after().next(0) + "/"
                        + entry.after().next(1));
                states.add(entry.state());
                bytes += entry.bytes();
            }
            return hasRoom;
        }

        @Override
        public void end(Ending ending, @Nullable Throwable cause) {
            endings.add(ending);
        }
    }
}
