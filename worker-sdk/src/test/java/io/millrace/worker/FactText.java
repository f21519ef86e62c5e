package io.millrace.worker;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Facts as short texts, for tables. Facts of one record are joined by " + ". */
final class FactText {
    private FactText() {}

    static String of(WorkerEvent event) {
        return event.getFacts().stream().map(FactText::of).collect(Collectors.joining(" + "));
    }

    private static String of(WorkerFact fact) {
        if (fact.getStepCompleted() != null) {
            var step = fact.getStepCompleted();
            return "step " + step.getSeq() + " " + step.getName() + " #" + step.getAttempt()
                    + (step.getFailure() == null
                            ? " -> " + json(step.getOutput())
                            : " failed " + text(step.getFailure()));
        }
        if (fact.getStepAttemptFailed() != null) {
            var step = fact.getStepAttemptFailed();
            return "step " + step.getSeq() + " " + step.getName() + " #" + step.getAttempt() + " retries in "
                    + (step.getRetryAtMs() - step.getCompletedAtMs()) + " after " + text(step.getFailure());
        }
        if (fact.getSleepStarted() != null) {
            var sleep = fact.getSleepStarted();
            return "sleep " + sleep.getSeq() + " for " + (sleep.getDueAtMs() - sleep.getStartedAtMs());
        }
        if (fact.getValueRecorded() != null) {
            var value = fact.getValueRecorded();
            return "value " + value.getAfterStep() + "." + value.getOrdinal() + " " + value.getKind() + " "
                    + value.getValue();
        }
        if (fact.getParked() != null) {
            return "parked by " + fact.getParked().getSeq() + " until "
                    + fact.getParked().getUntilMs();
        }
        if (fact.getWorkflowCompleted() != null) {
            var end = fact.getWorkflowCompleted();
            return "completed " + json(end.getOutput()) + " after " + end.getStepCount();
        }
        if (fact.getWorkflowFailed() != null) {
            var end = fact.getWorkflowFailed();
            return "failed " + text(end.getFailure()) + " after " + end.getStepCount()
                    + (end.getFailedStep() == null
                            ? ""
                            : " by step " + end.getFailedStep() + " seen after " + end.getFailedAfterStep());
        }
        if (fact.getStepCancelled() != null) {
            var step = fact.getStepCancelled();
            return "step " + step.getSeq() + " " + step.getName() + " #" + step.getAttempts() + " cancelled"
                    + (step.getFailure() == null ? "" : " by " + text(step.getFailure()));
        }
        if (fact.getCancelSurfaced() != null) {
            return "cancel surfaced at " + fact.getCancelSurfaced().getAfterStep() + "."
                    + fact.getCancelSurfaced().getPoint();
        }
        if (fact.getStepHeartbeat() != null) {
            var beat = fact.getStepHeartbeat();
            return "heartbeat " + beat.getSeq() + " " + beat.getName() + " #" + beat.getAttempt() + " "
                    + json(beat.getDetails());
        }
        if (fact.getWorkflowCancelled() != null) {
            var end = fact.getWorkflowCancelled();
            return "cancelled after " + end.getStepCount()
                    + (end.getFailure() == null ? "" : " with " + text(end.getFailure()));
        }
        if (fact.getReleased() != null) {
            return "released: " + fact.getReleased().getReason();
        }
        return fact.getEagerlyStarted() == null
                ? ofOutside(fact)
                : "eagerly started " + fact.getEagerlyStarted().getCommandId();
    }

    private static String ofOutside(WorkerFact fact) {
        if (fact.getReceiveStarted() != null) {
            var receive = fact.getReceiveStarted();
            return "receive " + receive.getSeq() + " on " + receive.getTopic()
                    + (receive.getDueAtMs() == null ? "" : " until " + receive.getDueAtMs());
        }
        if (fact.getReceiveSeen() != null) {
            return "seen " + fact.getReceiveSeen().getSeq() + " message "
                    + fact.getReceiveSeen().getMessageNumber();
        }
        if (fact.getMessageSent() != null) {
            var sent = fact.getMessageSent();
            return "send " + sent.getSeq() + " to " + sent.getWorkflowId() + " on " + sent.getTopic() + " "
                    + json(sent.getPayload());
        }
        if (fact.getValueSet() != null) {
            return "set " + fact.getValueSet().getSeq() + " "
                    + fact.getValueSet().getKey() + " "
                    + json(fact.getValueSet().getValue());
        }
        var child = fact.getChildStarted();
        return "child " + child.getSeq() + " " + child.getChildWorkflowId() + " "
                + child.getStart().getWorkflowType() + " "
                + json(child.getStart().getInput());
    }

    private static String text(Failure failure) {
        String type = failure.getType();
        return type.substring(type.lastIndexOf('.') + 1) + ": " + failure.getMessage();
    }

    private static String json(@Nullable Payload payload) {
        return payload == null
                ? "null"
                : StandardCharsets.UTF_8.decode(payload.getData().duplicate()).toString();
    }
}
