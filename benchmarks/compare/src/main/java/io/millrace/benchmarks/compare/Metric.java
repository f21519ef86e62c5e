package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.annotation.JsonValue;

/** A figure in the report. */
enum Metric {
    ONE_STEP("One-step workflows per second", "/s", true),
    /** Where a system answers before its server has taken note. */
    BEHIND("After one-step workflows: how long the engine went on after the last answer", "ms", false),
    FIVE_STEPS("Five-step workflows per second", "/s", true),
    DRAIN("Drain of a backlog, workflows per second", "/s", true),
    LATENCY_P50("Start to result, one step, one caller, p50", "ms", false),
    LATENCY_P99("Start to result, one step, one caller, p99", "ms", false),
    STEP("One more step, p50", "ms", false);

    private final String title;
    private final String unit;
    private final boolean moreIsBetter;

    Metric(String title, String unit, boolean moreIsBetter) {
        this.title = title;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    @JsonValue
    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /** How many times as good the first figure is as the second. */
    double ratio(double ours, double theirs) {
        return moreIsBetter ? ours / theirs : theirs / ours;
    }
}
