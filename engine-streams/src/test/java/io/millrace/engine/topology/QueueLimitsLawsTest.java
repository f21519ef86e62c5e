package io.millrace.engine.topology;

import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import org.junit.jupiter.api.Test;

/**
 * No limit of a queue is exceeded, no slot is lost, and nothing waits for ever, whatever comes in which order. More runs than fit into a build: with
 * {@code -Dsoak=20}, so many times as many.
 */
class QueueLimitsLawsTest {
    private static final int SOAK = Integer.getInteger("soak", 1);

    static {
        Samples.ready();
    }

    @Test
    void shouldHoldWhileEveryoneIsWell() {
        Seeded.forEach(15 * SOAK, chance -> live(chance, new QueueLaws.Bounds(0, true)));
    }

    @Test
    void shouldHoldWhateverDies() {
        Seeded.forEach(25 * SOAK, chance -> live(chance, new QueueLaws.Bounds(0, false)));
    }

    @Test
    void shouldHoldWhereClocksDiffer() {
        Seeded.forEach(15 * SOAK, chance -> live(chance, new QueueLaws.Bounds(500, false)));
    }

    private static void live(Seeded chance, QueueLaws.Bounds bounds) {
        LivingQueues cluster = new LivingQueues(chance, bounds);
        QueueLife life = new QueueLife(chance, cluster);
        for (int i = 0; i < 1_000; i++) {
            life.live();
            if (i % 250 == 249) {
                life.comeToRest();
            }
        }
        life.runOn();
        life.mustHaveComeToAnEnd();
    }
}
