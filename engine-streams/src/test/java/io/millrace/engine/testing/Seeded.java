package io.millrace.engine.testing;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance that can be repeated: a law that fails names the seed of its run, and {@code -Dseed=N} runs that one alone.
 */
public final class Seeded {
    private final SplittableRandom random;

    private Seeded(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The chance of this seed. */
    public static Seeded of(long seed) {
        return new Seeded(seed);
    }

    /** What is to hold in one run. */
    public interface Law {
        void holdsFor(Seeded chance);
    }

    /** Runs a law so many times, each time with another seed. */
    public static void forEach(int runs, Law law) {
        Long only = Long.getLong("seed");
        long first = only == null ? System.nanoTime() : only;
        for (long seed = first; seed < first + (only == null ? runs : 1); seed++) {
            try {
                law.holdsFor(new Seeded(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number between two others, both included. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Any number at all. */
    public long any() {
        return random.nextLong();
    }

    /** True so many times in a hundred. */
    public boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of several. */
    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }

    /** One of a list, which is not empty. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
