package io.millrace.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Breaks the system on purpose, and sees whether the simulation notices: an invariant that nothing can break says nothing. A system that is broken in one
 * place breaks other things too, and in some runs one of those is seen first; but in some run it must be seen for what it is.
 */
class MutationsTest {
    /** So many seeds a mutation may take to be noticed; the rarest need a few dozen. */
    private static final int MOST_SEEDS = 600;

    @ParameterizedTest
    @EnumSource(Mutation.class)
    void shouldBeNoticedAsABreachOfItsGuarantee(Mutation mutation) {
        Set<Invariant> taken = EnumSet.noneOf(Invariant.class);
        long first = System.nanoTime();
        for (long seed = first; seed < first + MOST_SEEDS; seed++) {
            Simulation.Outcome mutated = Simulation.run(Schedule.of(seed), mutation);
            if (mutated.broken() != null) {
                assertNull(Simulation.run(Schedule.of(seed), Tampering.NONE).broken(), "without it, seed " + seed);
                if (mutated.broken().invariant().guarantee() == mutation.guarantee()) {
                    return;
                }
                taken.add(mutated.broken().invariant());
            }
        }
        fail("not noticed in seeds " + first + " to " + (first + MOST_SEEDS - 1) + ", but taken for " + taken);
    }
}
