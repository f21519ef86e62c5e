package io.millrace.benchmarks.load.mix;

import io.millrace.schemas.Limits;
import java.util.SplittableRandom;

/**
 * Which priority each workflow has: all the same, or random ones from 2 to 100. (1 is for the urgent ones that are started while it drains: of
 * the same priority, who came first goes first.)
 *
 * @param fixed the one of all; 0 for random ones
 */
public record Priorities(int fixed) {
    private static final int HIGHEST_RANDOM = 2;

    /** The default priority is the last of these, so that a random one is never behind it. */
    private static final int LOWEST_RANDOM = Limits.DEFAULT_PRIORITY;

    /** Reads what a user wrote. */
    public static Priorities parse(String text) {
        if (text.equalsIgnoreCase("random")) {
            return new Priorities(0);
        }
        int priority = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
        if (priority < 1 || priority > Limits.MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a priority: random, or one from 1 (first) to " + Limits.MAX_PRIORITY);
        }
        return new Priorities(priority);
    }

    /** That of one workflow; the same each time it is asked for, so that two runs are alike. */
    public int of(long index) {
        return fixed > 0 ? fixed : new SplittableRandom(index).nextInt(HIGHEST_RANDOM, LOWEST_RANDOM + 1);
    }

    @Override
    public String toString() {
        return fixed > 0 ? Integer.toString(fixed) : "random (" + HIGHEST_RANDOM + " to " + LOWEST_RANDOM + ")";
    }
}
