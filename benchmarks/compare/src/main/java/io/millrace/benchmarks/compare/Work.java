package io.millrace.benchmarks.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is compared. */
enum Work {
    /** Workflows of one step per second, at the number of callers that gets most. */
    ONE_STEP,
    /** The same with five steps. */
    FIVE_STEPS,
    /** Start to result of one step, one caller. */
    LATENCY,
    /** What one more step costs one caller. */
    STEP,
    /** How fast what was enqueued before is worked off. */
    DRAIN;

    /** Reads what a user wrote. */
    static Work parse(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no \"" + word + "\": there are "
                        + Arrays.stream(values()).map(Work::word).collect(Collectors.joining(", "))));
    }

    /** As on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }
}
