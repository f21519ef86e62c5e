package io.millrace.engine.topology;

import io.millrace.engine.machine.Retention;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Engines over stores in memory: what they store must fit together, whatever comes in which order. */
class PartitionEngineLawsTest {
    static {
        Samples.ready();
    }

    @Test
    void shouldKeepStateHistoryAndIndexesInStep() {
        Seeded.forEach(150, chance -> {
            LivingCluster cluster = new LivingCluster(chance);
            AnyLife life = new AnyLife(chance, cluster);
            for (int i = 0; i < 400; i++) {
                life.live();
                if (i % 40 == 39) {
                    cluster.mustFitTogether();
                }
            }
        });
    }

    @Test
    void shouldEndEveryWorkflowThatCanBeRunAndAnswerEveryCommand() {
        Seeded.forEach(60, chance -> {
            LivingCluster cluster = new LivingCluster(chance);
            AnyLife life = new AnyLife(chance, cluster);
            for (int i = 0; i < 300; i++) {
                life.live();
            }
            life.runOn();
            cluster.mustFitTogether();
            cluster.mustHaveComeToAnEnd();
        });
    }

    @Test
    void shouldPurgeWhatIsClosedAndNothingElse() {
        Seeded.forEach(100, chance -> {
            LivingCluster cluster = new LivingCluster(chance, Retention.of(Duration.ofMillis(1_500)));
            AnyLife life = new AnyLife(chance, cluster);
            for (int i = 0; i < 400; i++) {
                life.live();
                if (i % 40 == 39) {
                    cluster.mustFitTogether();
                }
            }
            life.runOn();
            cluster.mustHaveComeToAnEnd();
            cluster.mustLeaveNothing();
        });
    }
}
