package io.millrace.engine.simulation;

import io.millrace.engine.testing.Seeded;

/**
 * What is so for a whole run.
 *
 * @param clocksDifferMs how far apart the clocks of machines are at most: where they are the same, times can be judged to the millisecond
 * @param ids how many ids people choose from for their workflows: of a few, some are started again and again
 */
record Conditions(int clocksDifferMs, int ids) {
    /** Anything that may be. */
    static Conditions any(Seeded chance) {
        return new Conditions(chance.oneOf(0, 300, 500), chance.oneOf(8, 8, 25));
    }
}
