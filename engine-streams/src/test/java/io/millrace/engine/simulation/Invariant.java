package io.millrace.engine.simulation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a simulated system must keep, each with the guarantee of the design that it is about; 0 is what all of them need. */
enum Invariant {
    STARTED_ONCE(1, "a workflow id is started once, and a second start is answered with the first"),
    INPUT_OF_THE_FIRST(1, "what runs, and is on record, has the input of the start that is on record"),
    RECORDED_ONCE(2, "a step is recorded once"),
    NEVER_AGAIN(2, "a recorded step never begins again"),
    ACKNOWLEDGED_IS_RECORDED(2, "what Kafka has acknowledged to the owner gets on record"),
    HISTORY_WITHOUT_GAPS(3, "history has each entry once, in order"),
    STATE_IS_THE_FOLD(3, "state is the fold of history, and all indexes follow from it"),
    SEEN_IS_STORED(3, "what is published is what is stored"),
    MESSAGE_ONCE(3, "a message is received once"),
    LOST_BEGINS_NOTHING(4, "a worker whose lease has run out begins no step"),
    ONLY_WHO_WAS_GRANTED(4, "code runs only where a grant says so"),
    ONLY_THE_OWNER_IS_HEARD(4, "only what the owner reports is taken"),
    STRANGERS_ARE_TOLD(4, "who is not the owner is told so"),
    STOPPED(5, "no step runs when CANCELLED is published"),
    NOTHING_AFTER_CANCELLED(5, "no step begins after CANCELLED until somebody asks for it"),
    ANSWERED(6, "every command is answered"),
    ANSWERED_ALIKE(6, "a command has one answer, however often it is sent"),
    IN_HISTORY(6, "every command is in the history of its workflow, once"),
    REFUSED_WITH_REASON(6, "what is refused is refused with a reason"),
    SOURCE_UNCHANGED(7, "a fork does not change its source"),
    TRUE_COPY(7, "a fork begins with the recorded steps of its source"),
    RUNS_WITHOUT_ENGINE(8, "what runs goes on while the engine is away"),
    GOES_ON(9, "no record stops the engine"),
    LETTERS_ARE_COMPLETE(9, "each record that cannot be used is among the dead letters, with a reason"),
    WHOLE(10, "what code and workflows are given is what was recorded, whole"),
    NOTHING_LOST(10, "what was accepted arrives"),
    OVER_A_LIMIT(10, "what is over a limit is refused with the limit"),
    CREDIT(0, "no worker is granted more than it has offered, and it hears of every grant"),
    QUEUE_LIMITS(0, "queues keep to their limits and their order"),
    ENDS(0, "when troubles are over, everything ends, and nothing is left behind");

    private final int guarantee;
    private final String words;

    Invariant(int guarantee, String words) {
        this.guarantee = guarantee;
        this.words = words;
    }

    int guarantee() {
        return guarantee;
    }

    void must(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new Broken(this, what.get(), null);
        }
    }

    /** Says of a law that is written elsewhere that it is this one. */
    void holdsBy(Runnable law) {
        try {
            law.run();
        } catch (AssertionError e) {
            throw new Broken(this, String.valueOf(e.getMessage()), e);
        }
    }

    /** An invariant was found broken. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1L;

        private final Invariant invariant;

        Broken(Invariant invariant, String what, @Nullable Throwable cause) {
            super(invariant + " (" + invariant.words + "; guarantee " + invariant.guarantee + "): " + what, cause);
            this.invariant = invariant;
        }

        Invariant invariant() {
            return invariant;
        }
    }
}
