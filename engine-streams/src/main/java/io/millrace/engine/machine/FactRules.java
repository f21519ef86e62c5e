package io.millrace.engine.machine;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowFailed;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a reported fact must look like, whoever sent it: the same bounds that the worker library holds to. They keep the rows and
 * records that are made of it within what Kafka takes; one that is too large would stop the partition.
 */
final class FactRules {
    private FactRules() {}

    /** Why a fact is refused, in words for the worker, or null where there is no objection to its form. */
    static @Nullable String objectionTo(WorkerFact fact) {
        long bodies = bodies(fact);
        if (bodies != 1) {
            return bodies == 0
                    ? "it reports no fact that this engine knows; is the engine older than the worker?"
                    : "it reports " + bodies + " facts in one";
        }
        if (fact.getStepCompleted() != null) {
            var step = fact.getStepCompleted();
            String objection = objectionToStep(step.getSeq(), step.getName(), step.getFailure());
            return objection != null ? objection : objectionTo("output of step " + step.getSeq(), step.getOutput());
        }
        if (fact.getStepAttemptFailed() != null) {
            var step = fact.getStepAttemptFailed();
            return objectionToStep(step.getSeq(), step.getName(), step.getFailure());
        }
        if (fact.getSleepStarted() != null) {
            return objectionToStep(
                    fact.getSleepStarted().getSeq(), fact.getSleepStarted().getName(), null);
        }
        return fact.getStepHeartbeat() != null || fact.getStepCancelled() != null
                ? objectionToInterrupted(fact)
                : objectionToOutside(fact);
    }

    private static @Nullable String objectionToInterrupted(WorkerFact fact) {
        if (fact.getStepCancelled() != null) {
            var step = fact.getStepCancelled();
            return objectionToStep(step.getSeq(), step.getName(), step.getFailure());
        }
        var heartbeat = fact.getStepHeartbeat();
        String objection = objectionToStep(heartbeat.getSeq(), heartbeat.getName(), null);
        Payload details = heartbeat.getDetails();
        boolean tooLarge = details != null && details.getData().remaining() > Limits.MAX_HEARTBEAT_BYTES;
        return objection == null && tooLarge
                ? "the details of the heartbeat have " + details.getData().remaining() + " bytes; the limit is "
                        + Limits.MAX_HEARTBEAT_BYTES
                : objection;
    }

    /** Steps whose end is decided elsewhere. The id and the start of a child are looked at when it is to be started. */
    private static @Nullable String objectionToOutside(WorkerFact fact) {
        if (fact.getReceiveStarted() != null) {
            var receive = fact.getReceiveStarted();
            String objection = objectionToStep(receive.getSeq(), receive.getTopic(), null);
            return objection != null || receive.getDueAtMs() == null || receive.getDueAtMs() >= 0
                    ? objection
                    : "it waits until " + receive.getDueAtMs() + "; times are counted from 1970";
        }
        if (fact.getMessageSent() != null) {
            var sent = fact.getMessageSent();
            String objection = objectionToStep(sent.getSeq(), sent.getTopic(), null);
            return objection != null ? objection : objectionTo("message of step " + sent.getSeq(), sent.getPayload());
        }
        if (fact.getValueSet() != null) {
            var set = fact.getValueSet();
            String objection = objectionToStep(set.getSeq(), set.getKey(), null);
            return objection != null ? objection : objectionTo("value of step " + set.getSeq(), set.getValue());
        }
        if (fact.getChildStarted() != null) {
            return objectionToStep(
                    fact.getChildStarted().getSeq(),
                    fact.getChildStarted().getStart().getWorkflowType(),
                    null);
        }
        return objectionToOther(fact);
    }

    private static @Nullable String objectionToOther(WorkerFact fact) {
        if (fact.getParked() != null && fact.getParked().getUntilMs() < 0) {
            // Timers are sorted by the bytes of their time, in which a negative one would come last.
            return "it parks until " + fact.getParked().getUntilMs() + "; times are counted from 1970";
        }
        if (fact.getWorkflowCompleted() != null) {
            return objectionTo("output", fact.getWorkflowCompleted().getOutput());
        }
        if (fact.getWorkflowFailed() != null) {
            return objectionTo(fact.getWorkflowFailed());
        }
        if (fact.getCancelSurfaced() != null) {
            var surfaced = fact.getCancelSurfaced();
            return objectionToPlace("it was told of the cancel", surfaced.getAfterStep(), surfaced.getPoint());
        }
        if (fact.getWorkflowCancelled() != null && fact.getWorkflowCancelled().getFailure() != null) {
            return objectionTo(fact.getWorkflowCancelled().getFailure());
        }
        return fact.getValueRecorded() == null ? null : objectionTo(fact.getValueRecorded());
    }

    private static @Nullable String objectionTo(WorkflowFailed failed) {
        Integer step = failed.getFailedStep();
        Integer after = failed.getFailedAfterStep();
        if (step != null && (step < 1 || step > Limits.MAX_STEPS)) {
            return "it failed by step " + step + "; steps are numbered from 1 to " + Limits.MAX_STEPS;
        }
        String objection = after == null ? null : objectionToPlace("it failed", after, 0);
        return objection != null ? objection : objectionTo(failed.getFailure());
    }

    /** A place in the code is counted from the last step that was called before it. */
    private static @Nullable String objectionToPlace(String what, int afterStep, int point) {
        return afterStep >= 0 && afterStep <= Limits.MAX_STEPS && point >= 0
                ? null
                : what + " at point " + point + " after step " + afterStep + "; points are counted from 0, steps to "
                        + Limits.MAX_STEPS;
    }

    /** How many facts this engine finds in one. An eager start is none: where it may stand it has been taken out before. */
    private static long bodies(WorkerFact fact) {
        return Stream.of(
                        fact.getStepCompleted(),
                        fact.getStepAttemptFailed(),
                        fact.getSleepStarted(),
                        fact.getValueRecorded(),
                        fact.getParked(),
                        fact.getWorkflowCompleted(),
                        fact.getWorkflowFailed(),
                        fact.getReleased(),
                        fact.getStepHeartbeat(),
                        fact.getStepCancelled(),
                        fact.getCancelSurfaced(),
                        fact.getReceiveStarted(),
                        fact.getReceiveSeen(),
                        fact.getMessageSent(),
                        fact.getValueSet(),
                        fact.getChildStarted(),
                        fact.getWorkflowCancelled())
                .filter(Objects::nonNull)
                .count();
    }

    static @Nullable String objectionToStep(int seq, String name, @Nullable Failure failure) {
        if (seq < 1 || seq > Limits.MAX_STEPS) {
            return "it reports step " + seq + "; steps are numbered from 1 to " + Limits.MAX_STEPS;
        }
        String objection = objectionToLength("name of step " + seq, name, Limits.MAX_NAME_CHARS);
        return objection != null || failure == null ? objection : objectionTo(failure);
    }

    static @Nullable String objectionTo(Failure failure) {
        String objection =
                objectionToLength("type of the failure", failure.getType(), Limits.MAX_FAILURE_MESSAGE_CHARS);
        if (objection == null) {
            objection =
                    objectionToLength("message of the failure", failure.getMessage(), Limits.MAX_FAILURE_MESSAGE_CHARS);
        }
        return objection != null || failure.getStackTrace() == null
                ? objection
                : objectionToLength(
                        "stack trace of the failure", failure.getStackTrace(), Limits.MAX_STACK_TRACE_CHARS);
    }

    static @Nullable String objectionTo(RecordedValue value) {
        String objection = objectionToLength("kind of the recorded value", value.getKind(), Limits.MAX_NAME_CHARS);
        return objection != null
                ? objection
                : objectionToLength("recorded value", value.getValue(), Limits.MAX_NAME_CHARS);
    }

    /** Why a payload is refused, or null. */
    static @Nullable String objectionTo(String what, @Nullable Payload payload) {
        if (payload == null) {
            return null;
        }
        int bytes = payload.getData().remaining();
        return bytes > Limits.MAX_PAYLOAD_BYTES
                ? "the " + what + " has " + bytes + " bytes; the limit is " + Limits.MAX_PAYLOAD_BYTES
                : objectionToLength("codec of the " + what, payload.getCodec(), Limits.MAX_NAME_CHARS);
    }

    private static @Nullable String objectionToLength(String what, String text, int limit) {
        return text.length() <= limit
                ? null
                : "the " + what + " has " + text.length() + " characters; the limit is " + limit;
    }
}
