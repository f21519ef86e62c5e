package io.millrace.standalone.crash;

import java.util.Random;
import java.util.SplittableRandom;

/** Many independent draws from one seed. */
final class Seeds {
    private Seeds() {}

    /** For one of the things that are drawn for; neighbours, of seeds and of numbers, have nothing in common, as they would in Random itself. */
    static Random random(long seed, long number) {
        long mixed = new SplittableRandom(seed).nextLong() ^ number;
        return new Random(new SplittableRandom(mixed).nextLong());
    }
}
