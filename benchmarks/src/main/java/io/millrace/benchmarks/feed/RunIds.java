package io.millrace.benchmarks.feed;

import java.security.SecureRandom;
import java.util.OptionalInt;

/**
 * The ids of one run's workflows, so that runs on the same namespace do not get into each other's way.
 *
 * @param run what all of them begin with
 */
public record RunIds(String run) {
    private static final int RANDOM_BITS = 30;

    public static RunIds random() {
        return new RunIds(
                "load-" + Integer.toString(new SecureRandom().nextInt(1 << RANDOM_BITS), Character.MAX_RADIX));
    }

    /** The workflow of this number, from 0. */
    public String workflow(int index) {
        return run + "-" + index;
    }

    /** One that is not of the load, but measures it. */
    public String probe(int index) {
        return run + ".probe-" + index;
    }

    /** The number of a workflow of the load; empty for all others. */
    public OptionalInt indexOf(String id) {
        int begin = run.length() + 1;
        if (id.length() <= begin || id.charAt(run.length()) != '-' || !id.startsWith(run)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(id, begin, id.length(), 10));
    }
}
