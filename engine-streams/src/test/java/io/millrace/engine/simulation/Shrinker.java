package io.millrace.engine.simulation;

import java.util.concurrent.TimeUnit;

/** Makes a run that fails as short as it can within a time: leaves out what is not needed to break the same invariant. */
final class Shrinker {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Tampering tampering;
    private final long until = System.nanoTime() + LONGEST_NANOS;
    private Simulation.Outcome shortest;

    private Shrinker(Simulation.Outcome failed, Tampering tampering) {
        this.shortest = failed;
        this.tampering = tampering;
    }

    /** The shortest run found that breaks what this one breaks. */
    static Simulation.Outcome shortest(Simulation.Outcome failed, Tampering tampering) {
        Shrinker shrinker = new Shrinker(failed, tampering);
        shrinker.shrink();
        return shrinker.shortest;
    }

    /** What to print of a run that failed: how to run it again, and the records of the shortest one. */
    static String report(Simulation.Outcome failed, Tampering tampering) {
        Simulation.Outcome shortest = shortest(failed, tampering);
        return "seed " + failed.schedule().seed() + " broke " + failed.broken().getMessage()
                + "\nrun it alone: dev/simulate --seed " + failed.schedule().seed()
                + "\n" + shortest.schedule().acts().size() + " of "
                + failed.schedule().acts().size() + " acts are enough:\n"
                + shortest.log() + "-> " + shortest.broken().getMessage();
    }

    private void shrink() {
        int size = shortest.schedule().acts().size();
        for (int chunk = (size + 1) / 2; chunk >= 1; chunk = chunk == 1 ? dropAll(1) : Math.max(1, chunk / 2)) {
            if (chunk > 1) {
                dropAll(chunk);
            }
        }
    }

    /** Leaves out one stretch of this length after the other; returns 0, or this length again if that has helped. */
    private int dropAll(int chunk) {
        boolean helped = false;
        for (int to = shortest.schedule().acts().size(); to > 0 && System.nanoTime() < until; to -= chunk) {
            Schedule rest = shortest.schedule().without(Math.max(0, to - chunk), to);
            Simulation.Outcome outcome = Simulation.run(rest, tampering);
            if (outcome.broken() != null
                    && outcome.broken().invariant() == shortest.broken().invariant()) {
                shortest = outcome;
                helped = true;
            }
        }
        return helped && System.nanoTime() < until ? chunk : 0;
    }
}
