package io.millrace.worker.internal.replay;

import io.millrace.schemas.RecordedStep;
import org.jspecify.annotations.Nullable;

/** What is to be done about a step that the code has just called. */
public sealed interface StepDecision {
    /** It is on record with an output: return that. */
    record Return(int seq, RecordedStep recorded) implements StepDecision {}

    /** It is on record as failed: throw that. */
    record Throw(int seq, RecordedStep recorded) implements StepDecision {}

    /**
     * It is not at its end: go on.
     *
     * @param recorded how far it has come; null where nothing is on record
     */
    record Go(int seq, @Nullable RecordedStep recorded) implements StepDecision {
        /** How many attempts of it are on record; 0 if nothing is. */
        public int attemptsBefore() {
            return recorded == null ? 0 : recorded.getAttempts();
        }

        /** When the next attempt begins or the wait ends; null for a step that is not on record, or where no time is set. */
        public @Nullable Long dueAtMs() {
            return recorded == null ? null : recorded.getDueAtMs();
        }
    }

    /** The cancel came before it could end: throw that. */
    record Cancelled(int seq) implements StepDecision {}

    /** Another step is on record here. */
    record Differ(Difference difference) implements StepDecision {}
}
