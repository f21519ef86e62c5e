package io.millrace.engine.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.observe.EngineObserver;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class StreamsEndTest {
    private static final MissingSourceTopicException MISSING = new MissingSourceTopicException("millrace.queries");

    private long nanos = -5;
    private final StreamsEnd end = new StreamsEnd(EngineObserver.NONE, () -> nanos);

    @Test
    void shouldReplaceAThreadThatFailsOnceOrOften() {
        assertEquals(REPLACE_THREAD, end.handle(new StreamsException("fails")));
        pass(StreamsEnd.MISSING_TOPIC_PATIENCE);
        assertEquals(REPLACE_THREAD, end.handle(new StreamsException("fails")));
    }

    @Test
    void shouldEndWithoutMemory() {
        assertEquals(SHUTDOWN_CLIENT, end.handle(new OutOfMemoryError()));
    }

    @Test
    void shouldEndWhenTheDiskIsFullAndSayWhatToDo() {
        IOException noRoom = new IOException("/data/0_1/rocksdb/000012.sst: No space left on device");
        ProcessorStateException failed = new ProcessorStateException("Error while flushing store state", noRoom);
        assertEquals(SHUTDOWN_CLIENT, end.handle(new StreamsException("task 0_1", failed)));
        end.onChange(KafkaStreams.State.PENDING_ERROR, KafkaStreams.State.RUNNING);
        String reason = end.reason().join();
        assertTrue(reason.contains("no room left") && reason.contains("000012.sst"), reason);
        assertTrue(reason.contains("make room") && reason.contains("nothing is lost"), reason);
    }

    @Test
    void shouldEndWhenTheDiskFails() {
        RocksDBException broken =
                new RocksDBException("while reading", new Status(Status.Code.IOError, Status.SubCode.None, "broken"));
        assertEquals(SHUTDOWN_CLIENT, end.handle(new ProcessorStateException("cannot open", broken)));
    }

    @Test
    void shouldReplaceAThreadWhoseErrorHasNothingToDoWithTheDisk() {
        RocksDBException busy = new RocksDBException("busy", new Status(Status.Code.Busy, Status.SubCode.None, "busy"));
        assertEquals(REPLACE_THREAD, end.handle(new ProcessorStateException("cannot open", busy)));
        assertEquals(REPLACE_THREAD, end.handle(new StreamsException("Kafka", new IOException("connection reset"))));
    }

    @Test
    void shouldEndWhenATopicStaysMissing() {
        assertEquals(REPLACE_THREAD, end.handle(MISSING));
        assertEquals(REPLACE_THREAD, end.handle(MISSING), "another thread, at the same time");
        pass(StreamsEnd.MISSING_TOPIC_PATIENCE);
        assertEquals(SHUTDOWN_CLIENT, end.handle(MISSING));
    }

    @Test
    void shouldBePatientAnewWithATopicThatWasFoundInBetween() {
        assertEquals(REPLACE_THREAD, end.handle(MISSING));
        pass(StreamsEnd.MISSING_TOPIC_FORGOTTEN.plusNanos(1));
        assertEquals(REPLACE_THREAD, end.handle(MISSING));
        pass(StreamsEnd.MISSING_TOPIC_PATIENCE);
        assertEquals(SHUTDOWN_CLIENT, end.handle(MISSING));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
