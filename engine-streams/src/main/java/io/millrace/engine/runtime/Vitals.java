package io.millrace.engine.runtime;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of itself at one moment; {@link HealthCheck} judges by it alone.
 *
 * @param state of the Streams client
 * @param ending why the instance has ended, or is about to, by itself; null where it has not
 * @param threads the stream threads that there are
 * @param restoring records that are still to come, by partition; empty where none is restored
 * @param watch how the instance hears of its workers
 */
public record Vitals(
        KafkaStreams.State state,
        @Nullable String ending,
        List<StreamThread> threads,
        SortedMap<Integer, Long> restoring,
        Watch watch) {

    /**
     * A stream thread.
     *
     * @param name as Streams calls it
     * @param sincePoll how long ago it asked the broker for records the last time
     */
    public record StreamThread(String name, Duration sincePoll) {}

    /**
     * The watch of the workers, whose pulse goes to the broker and back twice a second.
     *
     * @param running whether its thread is there
     * @param silence since it heard the last pulse
     * @param hearing for how long it has heard them without a break
     */
    public record Watch(boolean running, Duration silence, Duration hearing) {}
}
