package io.millrace.engine.topology;

import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.store.PartitionStores;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What a partition's engine stands on, and a test kit replaces.
 *
 * @param store where everything is kept; its name is {@link PartitionStores#NAME}
 * @param tick how often timers, leases and credit are looked to
 * @param timersPerTick how many timers fire in one at most, so that inputs have their time, too
 * @param commitInterval how long what somebody waits for stays in an open transaction at most; what is only published, four times as long, or 500 ms
 * @param observer is told what the engine does
 */
public record EngineEnvironment(
        StoreBuilder<KeyValueStore<Bytes, byte[]>> store,
        Duration tick,
        int timersPerTick,
        Duration commitInterval,
        EngineObserver observer) {
    private static final Duration TICK = Duration.ofMillis(10);

    /** Four partitions of a thread fire these in about two ticks. */
    static final int TIMERS_PER_TICK = 100;

    /** On disk, and in a changelog topic. */
    public static EngineEnvironment production(Duration commitInterval, EngineObserver observer) {
        return new EngineEnvironment(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(PartitionStores.NAME),
                                Serdes.Bytes(),
                                Serdes.ByteArray())
                        .withLoggingEnabled(Map.of())
                        .withCachingDisabled(),
                TICK,
                TIMERS_PER_TICK,
                commitInterval,
                observer);
    }

    /** In memory, and gone with the process; where time is made to go, all that is due fires at once. */
    public static EngineEnvironment inMemory(Duration tick) {
        return new EngineEnvironment(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(PartitionStores.NAME), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingDisabled()
                        .withCachingDisabled(),
                tick,
                Integer.MAX_VALUE,
                tick,
                EngineObserver.NONE);
    }
}
