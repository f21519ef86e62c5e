package io.millrace.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The whole system, simulated: {@code -Dmillrace.seed=N} runs one seed, {@code -Dmillrace.simulation.seconds=N} as many as fit into that time. What is
 * checked is in {@link Invariant}; that it would be noticed if it did not hold, in {@link MutationsTest}.
 */
class SimulationTest {
    private static final int SECONDS = Integer.getInteger("millrace.simulation.seconds", 75);
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());
    private static final int TWICE = 100;

    @Test
    void shouldKeepEveryGuaranteeWhateverHappens() {
        Long only = Long.getLong("millrace.seed");
        if (only != null) {
            mustHold(only);
            return;
        }
        long first = System.nanoTime();
        long until = first + TimeUnit.SECONDS.toNanos(SECONDS);
        AtomicLong seeds = new AtomicLong(first);
        // Each run is in one thread; runs beside each other know nothing of one another.
        IntStream.range(0, THREADS).parallel().forEach(thread -> {
            while (System.nanoTime() < until) {
                mustHold(seeds.getAndIncrement());
            }
        });
        System.out.println("simulated " + (seeds.get() - first) + " seeds in " + SECONDS + " s");
    }

    private static void mustHold(long seed) {
        Simulation.Outcome outcome = Simulation.run(Schedule.of(seed), Tampering.NONE);
        if (outcome.broken() != null) {
            throw new AssertionError(Shrinker.report(outcome, Tampering.NONE), outcome.broken());
        }
    }

    @Test
    void shouldBeTheSameRunForTheSameSeed() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + TWICE; seed++) {
            Simulation.Outcome once = Simulation.run(Schedule.of(seed), Tampering.NONE);
            Simulation.Outcome again = Simulation.run(Schedule.of(seed), Tampering.NONE);
            assertNull(once.broken(), "seed " + seed);
            assertEquals(once.log().toString(), again.log().toString(), "seed " + seed);
        }
    }
}
