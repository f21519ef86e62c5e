package io.millrace.engine.simulation;

import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queues of a run, and what may be said of one. */
final class SimulatedQueues {
    /** Those that people start workflows on. */
    static final List<String> NAMES = List.of("default", "q0", "q1", "q3");

    /** For children alone: elsewhere one could wait for its parent's slot. */
    static final String CHILDREN = "children";

    static final List<String> DEDUPLICATION_IDS = List.of("d0", "d1");

    private SimulatedQueues() {}

    static QueueSettings ofChildren(Seeded chance) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(CHILDREN);
        settings.setConcurrency(chance.percent(50) ? (Integer) chance.between(1, 3) : null);
        return settings;
    }

    /** One of them, with any limits. */
    static QueueSettings any(Seeded chance) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(chance.oneOf(NAMES));
        settings.setConcurrency(chance.percent(65) ? chance.between(chance.percent(10) ? 0 : 1, 4) : null);
        settings.setWorkerConcurrency(chance.percent(30) ? (Integer) chance.between(1, 2) : null);
        settings.setRateLimit(chance.percent(25) ? anyRate(chance) : null);
        settings.setPriorityEnabled(chance.percent(50));
        settings.setPartitioned(chance.percent(40));
        if (settings.getPartitioned()) {
            settings.setPartitionConcurrency(chance.percent(60) ? (Integer) chance.between(1, 2) : null);
            settings.setPartitionRateLimit(chance.percent(30) ? anyRate(chance) : null);
        }
        return settings;
    }

    private static RateLimit anyRate(Seeded chance) {
        return new RateLimit(chance.between(1, 3), (long) chance.between(50, 400));
    }

    /** Whether it lets nothing through. */
    static boolean isShut(@Nullable QueueSettings settings) {
        return settings != null && settings.getConcurrency() != null && settings.getConcurrency() == 0;
    }

    /** A priority, which a queue without priorities refuses. */
    static @Nullable Integer priorityOn(@Nullable QueueSettings settings, Seeded chance) {
        boolean has = settings != null && settings.getPriorityEnabled();
        return chance.percent(has ? 70 : 5) ? (Integer) chance.between(1, 5) : null;
    }

    /** A key, which a queue without keys refuses. */
    static @Nullable String keyOn(@Nullable QueueSettings settings, Seeded chance) {
        boolean has = settings != null && settings.getPartitioned();
        return chance.percent(has ? 80 : 5) ? "k" + chance.below(3) : null;
    }
}
