package io.millrace.engine.observe;

/** How an attempt of a step ended. */
public enum StepOutcome {
    COMPLETED,
    /** For good: the workflow's code saw the error. */
    FAILED,
    /** Another attempt follows. */
    RETRIED,
    /** The workflow was cancelled before the step could end. */
    CANCELLED
}
