package io.millrace.worker.internal.execution;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerFact;
import org.jspecify.annotations.Nullable;

/** How many bytes a fact takes in a record, at most and about: it is never more than this says. */
final class FactSize {
    /** More than what most facts have beside payloads and failures: numbers, times and a name of the largest length. */
    private static final int FRAME_BYTES = 1_100;

    /** More than a further id or name of the largest length takes. */
    private static final int NAME_BYTES = 800;

    /** A child's start has a type, a queue and a version, beside the child's id. */
    private static final int NAMES_OF_CHILD = 4;

    /** UTF-8 takes at most so many bytes for a Java char. */
    private static final int BYTES_PER_CHAR = 3;

    private FactSize() {}

    static int of(WorkerFact fact) {
        return FRAME_BYTES + ofSteps(fact) + ofTheOutside(fact) + ofTheEnd(fact);
    }

    private static int ofSteps(WorkerFact fact) {
        if (fact.getStepCompleted() != null) {
            return size(fact.getStepCompleted().getOutput())
                    + size(fact.getStepCompleted().getFailure());
        }
        if (fact.getStepAttemptFailed() != null) {
            return size(fact.getStepAttemptFailed().getFailure());
        }
        if (fact.getStepHeartbeat() != null) {
            return size(fact.getStepHeartbeat().getDetails());
        }
        return fact.getStepCancelled() == null
                ? 0
                : size(fact.getStepCancelled().getFailure());
    }

    private static int ofTheOutside(WorkerFact fact) {
        if (fact.getMessageSent() != null) {
            return NAME_BYTES + size(fact.getMessageSent().getPayload());
        }
        if (fact.getValueSet() != null) {
            return size(fact.getValueSet().getValue());
        }
        // The start of an eager one is sent alone, and the client has checked its size.
        return fact.getChildStarted() == null
                ? 0
                : NAMES_OF_CHILD * NAME_BYTES + size(fact.getChildStarted().getStart());
    }

    private static int ofTheEnd(WorkerFact fact) {
        if (fact.getWorkflowCompleted() != null) {
            return size(fact.getWorkflowCompleted().getOutput());
        }
        if (fact.getWorkflowFailed() != null) {
            return size(fact.getWorkflowFailed().getFailure());
        }
        return fact.getWorkflowCancelled() == null
                ? 0
                : size(fact.getWorkflowCancelled().getFailure());
    }

    private static int size(@Nullable Payload payload) {
        return payload == null ? 0 : payload.getData().remaining();
    }

    private static int size(Start start) {
        int chars = start.getAttributes().entrySet().stream()
                .mapToInt(label -> label.getKey().length() + label.getValue().length())
                .sum();
        return size(start.getInput()) + BYTES_PER_CHAR * chars;
    }

    private static int size(@Nullable Failure failure) {
        if (failure == null) {
            return 0;
        }
        String trace = failure.getStackTrace();
        return BYTES_PER_CHAR
                * (failure.getType().length() + failure.getMessage().length() + (trace == null ? 0 : trace.length()));
    }
}
