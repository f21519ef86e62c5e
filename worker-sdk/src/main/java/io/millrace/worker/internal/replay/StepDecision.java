package io.millrace.worker.internal.replay;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Payload;
import org.jspecify.annotations.Nullable;

/** What is to be done about a step that the code has just called. */
public sealed interface StepDecision {
    /** It is on record with this output: return that. */
    record Return(int seq, @Nullable Payload output) implements StepDecision {}

    /** It is on record as failed: throw that. */
    record Throw(int seq, Failure failure, int attempts) implements StepDecision {}

    /**
     * It is not at its end: go on.
     *
     * @param attemptsBefore how many attempts of it are on record; 0 if nothing is
     * @param dueAtMs when the next attempt begins or the sleep ends; absent for a step that is not on record
     */
    record Go(int seq, int attemptsBefore, @Nullable Long dueAtMs) implements StepDecision {}

    /** The cancel came before it could end: throw that. */
    record Cancelled(int seq) implements StepDecision {}

    /** Another step is on record here. */
    record Differ(Difference difference) implements StepDecision {}
}
