package io.millrace.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.EngineHealth;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthCheckTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private KafkaStreams.State state = KafkaStreams.State.RUNNING;
    private @Nullable String ending;
    private List<Vitals.StreamThread> threads = List.of(new Vitals.StreamThread("StreamThread-1", Duration.ZERO));
    private final SortedMap<Integer, Long> restoring = new TreeMap<>();
    private Vitals.Watch watch = new Vitals.Watch(true, Duration.ofMillis(500), LONG);

    @Test
    void shouldBeReadyWhenAllIsWell() {
        expect(true, true, "ready");
    }

    @Test
    void shouldSayWhatItRestores() {
        state = KafkaStreams.State.REBALANCING;
        restoring.put(3, 12L);
        restoring.put(1, 1_234L);
        expect(true, false, "partition 1 is restored: 1,234 records left; partition 3 is restored: 12 records left");
    }

    @Test
    void shouldWaitForItsPartitions() {
        state = KafkaStreams.State.REBALANCING;
        expect(true, false, "the engine waits for its partitions");
    }

    @Test
    void shouldNotBeReadyAndLiveOnWhileTheBrokerIsAway() {
        watch = new Vitals.Watch(true, Duration.ofSeconds(31), Duration.ZERO);
        threads = List.of(new Vitals.StreamThread("StreamThread-1", LONG));
        expect(true, false, "the broker has not answered for 31 s");
    }

    @Test
    void shouldGiveAThreadTimeAfterTheBrokerIsBack() {
        watch = new Vitals.Watch(true, Duration.ZERO, HealthCheck.WEDGED_AFTER);
        threads = List.of(new Vitals.StreamThread("StreamThread-1", LONG));
        expect(true, true, "ready");
    }

    @Test
    void shouldNotBeLiveWhenAThreadHasStoppedToPoll() {
        threads = List.of(
                new Vitals.StreamThread("StreamThread-1", Duration.ZERO),
                new Vitals.StreamThread("StreamThread-2", Duration.ofSeconds(91)));
        expect(false, false, "stream thread StreamThread-2 has not polled for 91 s, although the broker answers");
    }

    @Test
    void shouldGiveAThreadTimeToReadItsTables() {
        state = KafkaStreams.State.REBALANCING;
        threads = List.of(new Vitals.StreamThread("StreamThread-1", LONG));
        expect(true, false, "the engine waits for its partitions");
    }

    @Test
    void shouldNotBeLiveWithoutAThread() {
        threads = List.of();
        expect(false, false, "no stream thread is left");
    }

    @Test
    void shouldNotBeLiveWhenTheWatchHasEnded() {
        watch = new Vitals.Watch(false, Duration.ZERO, LONG);
        expect(false, false, "the engine hears nothing of its workers any more: the thread that does has ended");
    }

    @Test
    void shouldNotBeLiveWhenItHasEndedByItself() {
        state = KafkaStreams.State.ERROR;
        ending = "no memory";
        expect(false, false, "the engine has ended: no memory");
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING_SHUTDOWN", "NOT_RUNNING", "PENDING_ERROR", "ERROR"})
    void shouldStopInPeaceWhenItIsClosed(KafkaStreams.State stopping) {
        state = stopping;
        threads = List.of();
        expect(true, false, "the engine stops");
    }

    private void expect(boolean live, boolean ready, String detail) {
        assertEquals(
                new EngineHealth(live, ready, detail),
                HealthCheck.of(new Vitals(state, ending, threads, restoring, watch)));
    }
}
