package io.millrace.benchmarks.command;

import io.millrace.benchmarks.figures.Spans;
import java.time.Duration;
import java.util.function.Function;

/** Refuses options that cannot be followed. */
public final class Check {
    private Check() {}

    /** Throws a {@link WrongOptionException} with this sentence unless it holds. */
    public static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new WrongOptionException(sentence);
        }
    }

    /** What a parser that throws {@link IllegalArgumentException} makes of an option's value. */
    public static <T> T read(String option, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new WrongOptionException(option + ": " + e.getMessage());
        }
    }

    /** A time, as {@link Spans} reads it, that is not zero. */
    public static Duration longerThanNothing(String option, String value) {
        Duration time = read(option, value, Spans::parse);
        require(!time.isZero(), option + " must be longer than nothing, not " + value);
        return time;
    }

    /** Refuses what is less. */
    public static void atLeast(int least, int value, String option) {
        require(value >= least, option + " must be at least " + least + ", not " + value);
    }
}
