package io.millrace.engine.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.observe.EngineObserver;
import java.time.Duration;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

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
