package io.millrace.engine.machine;

import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.ChildFailures;
import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.Failure;
import io.millrace.schemas.MessageAnswered;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.MessageSent;
import io.millrace.schemas.ReceiveStarted;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.SleepStarted;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepHeartbeat;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.ValueSet;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.WaitingStep;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The steps of a workflow as its facts tell of them, one after the other. */
final class StepRecords {
    private final TreeMap<Integer, RecordedStep> steps = new TreeMap<>();

    List<RecordedStep> all() {
        return List.copyOf(steps.values());
    }

    int last() {
        return steps.isEmpty() ? 0 : steps.lastKey();
    }

    @Nullable
    RecordedStep find(int seq) {
        return steps.get(seq);
    }

    void put(Collection<RecordedStep> copied) {
        copied.forEach(step -> steps.put(step.getSeq(), step));
    }

    /** Takes out what is not on record any more, and what had only begun, but for children. */
    void reopen(IntPredicate dropped) {
        steps.values()
                .removeIf(step -> dropped.test(step.getSeq()) || (!hasEnded(step) && step.getKind() != StepKind.CHILD));
    }

    static boolean hasEnded(RecordedStep step) {
        return switch (step.getStatus()) {
            case COMPLETED, FAILED, CANCELLED -> true;
            case WAITING, RETRYING, UNKNOWN -> false;
        };
    }

    void completed(StepCompleted completed) {
        RecordedStep step = step(completed.getSeq(), completed.getName(), StepKind.STEP);
        if (step.getStartedAtMs() == null) {
            step.setStartedAtMs(completed.getStartedAtMs());
        }
        step.setAttempts(completed.getAttempt());
        step.setOutput(completed.getOutput());
        if (completed.getFailure() != null) {
            step.setFailure(completed.getFailure());
        }
        end(
                step,
                completed.getFailure() == null ? StepStatus.COMPLETED : StepStatus.FAILED,
                completed.getCompletedAtMs());
    }

    void attemptFailed(StepAttemptFailed failed) {
        RecordedStep step = step(failed.getSeq(), failed.getName(), StepKind.STEP);
        step.setStatus(StepStatus.RETRYING);
        if (step.getStartedAtMs() == null) {
            step.setStartedAtMs(failed.getStartedAtMs());
        }
        step.setAttempts(failed.getAttempt());
        step.setFailure(failed.getFailure());
        step.setDueAtMs(failed.getRetryAtMs());
    }

    /** An attempt that is under way is none that has failed: if its worker is lost, the next one has the same number. */
    void heartbeat(StepHeartbeat heartbeat) {
        RecordedStep step = step(heartbeat.getSeq(), heartbeat.getName(), StepKind.STEP);
        if (hasEnded(step)) {
            return;
        }
        step.setStatus(StepStatus.RETRYING);
        step.setAttempts(heartbeat.getAttempt() - 1);
        step.setDueAtMs(null);
        if (heartbeat.getDetails() != null) {
            step.setHeartbeatDetails(heartbeat.getDetails());
        }
    }

    void cancelled(StepCancelled cancelled) {
        RecordedStep step = step(cancelled.getSeq(), cancelled.getName(), cancelled.getKind());
        if (step.getStartedAtMs() == null) {
            step.setStartedAtMs(cancelled.getStartedAtMs());
        }
        step.setAttempts(cancelled.getAttempts());
        if (cancelled.getFailure() != null) {
            step.setFailure(cancelled.getFailure());
        }
        end(step, StepStatus.CANCELLED, cancelled.getCompletedAtMs());
    }

    /** A step of which is known that it waits, and nothing of how it began. */
    void waits(WaitingStep waiting) {
        RecordedStep step = begun(waiting.getSeq(), waiting.getName(), waiting.getKind());
        step.setChildWorkflowId(waiting.getChildWorkflowId());
    }

    void sleepStarted(SleepStarted sleep) {
        RecordedStep step = begun(sleep.getSeq(), sleep.getName(), StepKind.SLEEP);
        step.setStartedAtMs(sleep.getStartedAtMs());
        step.setDueAtMs(sleep.getDueAtMs());
    }

    void receiveStarted(ReceiveStarted receive) {
        RecordedStep step = begun(receive.getSeq(), receive.getTopic(), StepKind.RECEIVE);
        step.setStartedAtMs(receive.getStartedAtMs());
        step.setDueAtMs(receive.getDueAtMs());
    }

    void delivered(int seq, long number, @Nullable MessageReceived message, long atMs) {
        RecordedStep step = steps.get(seq);
        if (step != null) {
            step.setOutput(message == null ? null : message.getPayload());
            step.setUnconfirmedMessage(number);
            end(step, StepStatus.COMPLETED, atMs);
        }
    }

    void seen(int seq) {
        RecordedStep step = steps.get(seq);
        if (step != null) {
            step.setUnconfirmedMessage(null);
        }
    }

    void messageSent(MessageSent sent) {
        RecordedStep step = begun(sent.getSeq(), sent.getTopic(), StepKind.SEND);
        step.setStartedAtMs(sent.getStartedAtMs());
    }

    void messageAnswered(MessageAnswered answered, long atMs) {
        RecordedStep step = steps.get(answered.getSeq());
        if (step != null) {
            if (!answered.getAccepted()) {
                String reason = answered.getReason() == null ? "" : answered.getReason();
                step.setFailure(new Failure("io.millrace.MessageRejected", reason, null));
            }
            end(step, answered.getAccepted() ? StepStatus.COMPLETED : StepStatus.FAILED, atMs);
        }
    }

    void valueSet(ValueSet set) {
        RecordedStep step = step(set.getSeq(), set.getKey(), StepKind.SET_VALUE);
        step.setStartedAtMs(set.getAtMs());
        step.setOutput(set.getValue());
        end(step, StepStatus.COMPLETED, set.getAtMs());
    }

    void childStarted(ChildStarted child) {
        RecordedStep step = begun(child.getSeq(), child.getStart().getWorkflowType(), StepKind.CHILD);
        step.setStartedAtMs(child.getStartedAtMs());
        step.setChildWorkflowId(child.getChildWorkflowId());
    }

    void childEnded(ChildEnded child, long atMs) {
        RecordedStep step = steps.get(child.getSeq());
        if (step == null) {
            return;
        }
        boolean completed = child.getStatus() == WorkflowStatus.COMPLETED;
        step.setOutput(completed ? child.getOutput() : null);
        step.setFailure(completed ? null : ChildFailures.of(child.getStatus(), child.getFailure()));
        end(step, completed ? StepStatus.COMPLETED : StepStatus.FAILED, atMs);
    }

    /**
     * The end of a wait ends a sleep, and makes the next attempt of a step due. By whose clock is decided here and nowhere else: a worker
     * that compared the time with its own might park again, and again.
     */
    void waitElapsed(int seq, long atMs) {
        RecordedStep step = steps.get(seq);
        if (step == null) {
            return;
        }
        step.setDueAtMs(null);
        if (step.getKind() == StepKind.SLEEP) {
            end(step, StepStatus.COMPLETED, atMs);
        } else if (step.getKind() == StepKind.RECEIVE) {
            delivered(seq, 0, null, atMs);
        }
    }

    private static void end(RecordedStep step, StepStatus status, long atMs) {
        step.setStatus(status);
        step.setCompletedAtMs(atMs);
        step.setDueAtMs(null);
        step.setHeartbeatDetails(null);
    }

    /** A wait. What a heartbeat may have said of the step before was not of this one. */
    private RecordedStep begun(int seq, String name, StepKind kind) {
        RecordedStep step = step(seq, name, kind);
        step.setName(name);
        step.setKind(kind);
        step.setStatus(StepStatus.WAITING);
        step.setHeartbeatDetails(null);
        return step;
    }

    private RecordedStep step(int seq, String name, StepKind kind) {
        return steps.computeIfAbsent(seq, position -> {
            RecordedStep step = new RecordedStep();
            step.setSeq(position);
            step.setName(name);
            step.setKind(kind);
            step.setStatus(StepStatus.UNKNOWN);
            return step;
        });
    }
}
