package io.millrace.engine.simulation;

import io.millrace.engine.testing.Seeded;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens in a run, in order. Each act has a chance of its own, so that it comes to the same, or to much the same, when others before it are left
 * out: that is how a run that fails is made short.
 */
record Schedule(long seed, Conditions conditions, List<Act> acts) {
    private static final int FEWEST = 60;
    private static final int MOST = 320;

    /** Something that happens. */
    record Act(What what, long chance) {}

    /** The kinds of acts, and how often each is drawn in comparison. */
    enum What {
        START(5),
        EAGER_START(2),
        COMMAND(5),
        COMMAND_AGAIN(2),
        BAD_RECORD(1),
        SETTINGS(1),
        TIME(5),
        TICK(5),
        HEARTBEATS(4),
        TAKE(22),
        COMMIT(3),
        WORK(26),
        REST(1),
        ABORT(2),
        MOVE(1),
        AWAY(1),
        ALL_AWAY(1),
        CRASH(1),
        FREEZE(2),
        FREEZE_LONG(1),
        THAW(2),
        JOIN(1),
        LEAVE(1);

        private final int weight;

        What(int weight) {
            this.weight = weight;
        }
    }

    /** The one of this seed. */
    static Schedule of(long seed) {
        Seeded chance = Seeded.of(seed);
        Conditions conditions = Conditions.any(chance);
        List<What> urn = new ArrayList<>();
        for (What what : What.values()) {
            for (int i = 0; i < what.weight; i++) {
                urn.add(what);
            }
        }
        List<Act> acts = new ArrayList<>();
        for (What first : List.of(What.SETTINGS, What.SETTINGS, What.JOIN, What.JOIN, What.START, What.START)) {
            acts.add(new Act(first, chance.any()));
        }
        for (int left = chance.between(FEWEST, MOST); left > 0; left--) {
            acts.add(new Act(chance.oneOf(urn), chance.any()));
        }
        return new Schedule(seed, conditions, acts);
    }

    /** Without some of it. */
    Schedule without(int from, int to) {
        List<Act> rest = new ArrayList<>(acts.subList(0, from));
        rest.addAll(acts.subList(to, acts.size()));
        return new Schedule(seed, conditions, rest);
    }
}
