package io.millrace.worker.internal.execution;

import io.millrace.worker.internal.replay.OpenSteps;

/** What the workflow's thread does after it has waited. */
sealed interface Turn {
    /** What it waited for has come, or the execution has ended. */
    record GoOn() implements Turn {}

    /** The workflow was cancelled, and the code is to be told instead of waiting on. */
    record Cancel() implements Turn {}

    /**
     * There is nothing to do for so long that the workflow is to be let go of.
     *
     * @param endsSeen how many steps were known by then to have ended outside
     */
    record Park(OpenSteps.Wait until, int endsSeen) implements Turn {}

    /** The worker closes or the workflow is paused, and no step is running any more. */
    record Release(String reason) implements Turn {}
}
