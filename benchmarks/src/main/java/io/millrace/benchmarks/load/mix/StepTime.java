package io.millrace.benchmarks.load.mix;

import io.millrace.benchmarks.figures.Spans;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the step of a workflow takes: always the same, or anything between two times ({@code 20ms}, {@code 5ms..50ms}).
 *
 * @param shortest the least
 * @param longest the most
 */
public record StepTime(Duration shortest, Duration longest) {
    /** Reads what a user wrote. */
    public static StepTime parse(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            Duration same = Spans.parse(text);
            return new StepTime(same, same);
        }
        StepTime range = new StepTime(Spans.parse(text.substring(0, dots)), Spans.parse(text.substring(dots + 2)));
        if (range.longest.compareTo(range.shortest) < 0) {
            throw new IllegalArgumentException("\"" + text + "\" ends before it begins");
        }
        return range;
    }

    /** The next one, in milliseconds. */
    public long drawMs(RandomGenerator random) {
        return random.nextLong(shortest.toMillis(), longest.toMillis() + 1);
    }

    @Override
    public String toString() {
        return shortest.equals(longest) ? Spans.text(shortest) : Spans.text(shortest) + ".." + Spans.text(longest);
    }
}
