package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.standalone.crash.Troubles.Habit;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workflows that are cancelled, terminated, paused, resumed and forked, while engines and workers are killed and frozen at random. */
final class ControlCrashIT {
    private static final Duration LENGTH = Duration.ofSeconds(30);
    /** For what was under way at the end: leases, transactions and sessions of the killed run out first. */
    private static final Duration COMING_TO_REST = Duration.ofSeconds(120);

    private static final Habit WORKERS = new Habit(4_000, 9_000, 50, 5_000);
    private static final Habit ENGINES = new Habit(6_000, 12_000, 30, 3_000);

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldDoExactlyWhatWasCommandedWhateverIsKilled() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("random commands: run them again with dev/crash --seed " + seed);
        Random random = new Random(seed);
        Ensemble ensemble = Ensemble.start(children, "control");
        Stage stage = ensemble.stage();
        try (MillraceClient client = stage.connect()) {
            Stage.awaitAnswer(client);
            Troubles troubles = new Troubles(random, LENGTH);
            ensemble.engines().forEach(engine -> troubles.befall(engine, ENGINES));
            ensemble.workers().forEach(worker -> troubles.befall(worker, WORKERS));
            ControlledLoad load = new ControlledLoad(stage, client, new Random(seed));
            load.runUntil(troubles.over());
            long over = System.nanoTime();
            load.ended().get(COMING_TO_REST.toSeconds(), TimeUnit.SECONDS);
            Stage.report("  all " + load.started() + " ended after the last trouble", over);
            assertTrue(load.started() > 0);
            new ControlInvariants(stage).check();
        }
    }
}
