package io.millrace.benchmarks.load;

import io.millrace.benchmarks.figures.Spans;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the step of a workflow takes: always the same, or anything between two times ({@code 20ms}, {@code 5ms..50ms}).
 *
 * @param shortest the least
 * @param longest the most
 */
record StepTime(Duration shortest, Duration longest) {
    static StepTime parse(String text) {
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
    long drawMs(RandomGenerator random) {
        return random.nextLong(shortest.toMillis(), longest.toMillis() + 1);
    }

    @Override
    public String toString() {
        return shortest.equals(longest) ? Spans.text(shortest) : Spans.text(shortest) + ".." + Spans.text(longest);
    }
}
