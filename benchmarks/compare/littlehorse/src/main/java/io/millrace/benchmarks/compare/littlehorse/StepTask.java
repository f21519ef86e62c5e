package io.millrace.benchmarks.compare.littlehorse;

import io.littlehorse.sdk.worker.LHTaskMethod;

/** What a step does. */
public final class StepTask {
    static final String NAME = "compare-step";
    static final String BACKLOG_NAME = "backlog-step";

    /** A step of the workflows that callers wait for. */
    @LHTaskMethod(NAME)
    public String step(String payload) {
        return payload;
    }

    /** A step of the workflows in the backlog: LittleHorse has no queues but those of its tasks. */
    @LHTaskMethod(BACKLOG_NAME)
    public String backlogStep(String payload) {
        return payload;
    }
}
