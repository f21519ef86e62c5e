package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import io.millrace.schemas.TrustedRecords;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class QueueOptionsTest {
    private static final QueueOptions ALL = QueueOptions.unlimited()
            .concurrency(10)
            .workerConcurrency(2)
            .rateLimit(5, Duration.ofSeconds(1))
            .priorities()
            .partitionConcurrency(3)
            .partitionRateLimit(4, Duration.ofMinutes(2));

    @BeforeAll
    static void trust() {
        TrustedRecords.establish();
    }

    @Test
    void shouldNotLimitUnlessToldSo() {
        QueueOptions none = QueueOptions.unlimited();
        assertEquals(QueueSettings.newBuilder().setQueue("q").build(), none.toSettings("q"));
        assertFalse(none.hasLimits());
        assertFalse(none.priorities().partitioned().hasLimits());
        assertEquals("unlimited", none.toString());
    }

    @Test
    void shouldSetWhatItIsTold() {
        QueueSettings expected = QueueSettings.newBuilder()
                .setQueue("q")
                .setConcurrency(10)
                .setWorkerConcurrency(2)
                .setRateLimit(new RateLimit(5, 1_000L))
                .setPriorityEnabled(true)
                .setPartitioned(true)
                .setPartitionConcurrency(3)
                .setPartitionRateLimit(new RateLimit(4, 120_000L))
                .build();
        assertEquals(expected, ALL.toSettings("q"));
        assertEquals(OptionalInt.of(10), ALL.concurrency());
        assertEquals(OptionalInt.of(2), ALL.workerConcurrency());
        assertEquals(Optional.of(new QueueOptions.Rate(5, Duration.ofSeconds(1))), ALL.rateLimit());
        assertEquals(OptionalInt.of(3), ALL.partitionConcurrency());
        assertEquals(Optional.of(new QueueOptions.Rate(4, Duration.ofMinutes(2))), ALL.partitionRateLimit());
        assertTrue(ALL.hasPriorities() && ALL.isPartitioned());
        assertEquals(
                "concurrency=10,workerConcurrency=2,rate=5/PT1S,priorities,partitioned,partitionConcurrency=3,partitionRate=4/PT2M",
                ALL.toString());
    }

    @Test
    void shouldReadItsOwnSettingsAndLeaveOutWhatTheEngineAdds() {
        QueueSettings stored = ALL.toSettings("q");
        stored.setRevision(7L);
        stored.setUpdatedBy("ann");
        stored.setDeclared("concurrency=1");
        assertEquals(ALL, QueueOptions.of(stored));
        assertEquals(ALL.hashCode(), QueueOptions.of(stored).hashCode());
        assertNotEquals(ALL, ALL.concurrency(11));
        assertEquals(ALL.toSettings("other"), QueueOptions.of(stored).toSettings("other"));
    }

    @Test
    void shouldNotBeChangedByWhatIsDoneToItsSettings() {
        QueueSettings settings = ALL.toSettings("q");
        settings.getRateLimit().setPermits(1_000);
        settings.setConcurrency(1_000);
        assertEquals(10, ALL.concurrency().orElseThrow());
        assertEquals(5, ALL.rateLimit().orElseThrow().permits());
    }

    @Test
    void shouldCountEachLimitAsOne() {
        QueueOptions none = QueueOptions.unlimited();
        Stream.of(
                        none.concurrency(0),
                        none.workerConcurrency(1),
                        none.rateLimit(1, Duration.ofMillis(1)),
                        none.partitionConcurrency(1_000_000),
                        none.partitionRateLimit(1, Duration.ofDays(31)))
                .forEach(limited -> assertTrue(limited.hasLimits(), limited.toString()));
    }

    @Test
    void shouldRefuseWhatIsOutOfBounds() {
        QueueOptions none = QueueOptions.unlimited();
        Stream.<Executable>of(
                        () -> none.concurrency(-1),
                        () -> none.concurrency(1_000_001),
                        () -> none.workerConcurrency(0),
                        () -> none.partitionConcurrency(0),
                        () -> none.rateLimit(0, Duration.ofSeconds(1)),
                        () -> none.rateLimit(1, Duration.ofNanos(999_999)),
                        () -> none.partitionRateLimit(1, Duration.ofDays(31).plusMillis(1)))
                .forEach(wrong -> assertThrows(IllegalArgumentException.class, wrong));
    }
}
