package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.standalone.crash.Troubles.Habit;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything at once: a broker, two engines and two workers under load, killed and frozen at random. */
final class RandomCrashIT {
    private static final Duration LENGTH = Duration.ofSeconds(40);

    /** For what was under way at the end: leases, transactions and sessions of the killed run out first. */
    private static final Duration COMING_TO_REST = Duration.ofSeconds(120);

    // The shortest times leave room to start in: a process that never works shows nothing.
    private static final Habit WORKERS = new Habit(4_000, 9_000, 50, 6_000);
    private static final Habit ENGINES = new Habit(8_000, 16_000, 30, 4_000);
    private static final Habit BROKER = new Habit(14_000, 30_000, 30, 3_000);

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldHoldToEveryInvariantWhateverIsKilled() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("random crashes: run them again with dev/crash --seed " + seed);
        Random random = new Random(seed);
        Ensemble ensemble = Ensemble.start(children, "random");
        Stage stage = ensemble.stage();
        try (MillraceClient client = stage.connect()) {
            Stage.awaitAnswer(client);
            Troubles troubles = new Troubles(random, LENGTH);
            troubles.befall(ensemble.broker(), BROKER);
            ensemble.engines().forEach(engine -> troubles.befall(engine, ENGINES));
            ensemble.workers().forEach(worker -> troubles.befall(worker, WORKERS));
            Load load = new Load(stage, client, new Random(seed));
            load.runUntil(troubles.over());
            long over = System.nanoTime();
            load.completed().get(COMING_TO_REST.toSeconds(), TimeUnit.SECONDS);
            Stage.report("  all " + load.started() + " completed after the last trouble", over);
            assertTrue(load.started() > 0);
            new Invariants(stage).check();
        }
    }
}
