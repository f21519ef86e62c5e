package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.standalone.crash.Target.Kind;
import io.millrace.standalone.crash.Troubles.Habit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything at once: brokers, a registry, engines and workers under a mixed load, killed, frozen, cut off and out of room at random. Lasts a minute, or as long
 * as {@code millrace.crash.minutes} says.
 */
final class EverythingCrashIT {
    private static final Duration SHORT = Duration.ofSeconds(60);

    /** For what was under way at the end: leases, transactions and sessions of the killed run out first. */
    private static final Duration COMING_TO_REST = Duration.ofSeconds(180);

    // The shortest times leave room to start in: a process that never works shows nothing.
    private static final Habit WORKERS =
            new Habit(4_000, 10_000, 5_000, List.of(Kind.KILL, Kind.FREEZE, Kind.CUT, Kind.SILENT, Kind.SLOW));
    private static final Habit ENGINES =
            new Habit(8_000, 18_000, 5_000, List.of(Kind.KILL, Kind.FREEZE, Kind.CUT, Kind.SILENT, Kind.SLOW));
    private static final Habit BROKERS =
            new Habit(12_000, 40_000, 5_000, List.of(Kind.KILL, Kind.KILL, Kind.FREEZE, Kind.CUT, Kind.SILENT));
    private static final Habit REGISTRY =
            new Habit(10_000, 30_000, 5_000, List.of(Kind.KILL, Kind.FREEZE, Kind.CUT, Kind.SILENT));

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldHoldToEveryInvariantWhateverHappens() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        Integer minutes = Integer.getInteger("millrace.crash.minutes");
        Duration length = minutes == null ? SHORT : Duration.ofMinutes(minutes);
        String again = "dev/crash --seed " + seed + " --minutes " + Math.max(1, length.toMinutes());
        System.out.println("random crashes for " + length + ": again with " + again);
        children.whenFailed(() -> System.out.println("--- again with " + again));
        long began = System.nanoTime();
        try (Ensemble ensemble = new Ensemble(children, "everything", queues());
                MillraceClient client = ensemble.stage().connect()) {
            // Engines take their time to start on a busy machine; what is declared twice is declared once.
            await("the queues to be declared")
                    .atMost(Stage.PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> LimitedQueues.declare(client));
            Stage.awaitAnswer(client);
            Stage.report("  all have started", began);
            try (Troubles troubles = new Troubles(seed, length)) {
                begin(troubles, ensemble);
                MixedLoad load = new MixedLoad(client, Stage.ALWAYS_THERE, LimitedQueues.NAMES, seed);
                children.whenFailed(() -> System.out.println("--- open: " + load.open()));
                load.runUntil(troubles.over());
                long over = System.nanoTime();
                load.awaitEnd(COMING_TO_REST);
                Stage.report("  all of " + load.started() + " starts ended after the last trouble", over);
                assertTrue(load.started() > 0);
                long ended = System.nanoTime();
                LimitedQueues.assertNoSlotIsLost(ensemble.stage(), client);
                new Invariants(ensemble.stage(), troubles).check(load.started());
                Stage.report("  all was looked at", ended);
                ensemble.all().forEach(target -> {
                    if (target.revived() > 0) {
                        System.out.println("  " + target.name() + " ended by itself " + target.revived() + " times");
                    }
                });
            }
        }
    }

    private static List<String> queues() {
        List<String> queues = new ArrayList<>(List.of(Stage.ALWAYS_THERE));
        queues.addAll(LimitedQueues.NAMES);
        return queues;
    }

    private static void begin(Troubles troubles, Ensemble ensemble) {
        List<Kind> forEngines = new ArrayList<>(ENGINES.kinds());
        if (ensemble.hasSmallDisks()) {
            forEngines.add(Kind.FULL);
        }
        Habit engines = new Habit(ENGINES.least(), ENGINES.most(), ENGINES.longest(), forEngines);
        ensemble.all().forEach(troubles::watch);
        ensemble.brokers().forEach(broker -> troubles.befall(broker, BROKERS));
        ensemble.engines().forEach(engine -> troubles.befall(engine, engines));
        ensemble.workers().forEach(worker -> troubles.befall(worker, WORKERS));
        troubles.befall(ensemble.registry(), REGISTRY);
    }
}
