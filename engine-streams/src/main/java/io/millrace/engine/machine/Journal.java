package io.millrace.engine.machine;

import io.millrace.schemas.CancelSurfaced;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.Payload;
import io.millrace.schemas.PendingMessage;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.TraceContext;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow did, read off its history: input, steps, recorded values and messages. For executions, which must know of the past, for
 * those who ask, and for commands that copy or drop a part of it.
 */
public final class Journal {
    private @Nullable Start start;
    private final StepRecords steps = new StepRecords();
    private final List<RecordedValue> values = new ArrayList<>();
    private final TreeMap<Long, Arrived> messages = new TreeMap<>();
    private final Map<Integer, Long> receivedBy = new HashMap<>();
    private final Set<Integer> stoppedChildren = new HashSet<>();
    private @Nullable WorkflowFailed failure;
    private @Nullable CancelSurfaced surfaced;
    private boolean stopping;

    /** A message, and the history entry that holds it. */
    record Arrived(MessageReceived message, long entryNumber) {}

    /** The journal of a workflow of which only is known what it waits for now. */
    public static Journal ofWaiting(List<WaitingStep> waiting) {
        Journal journal = new Journal();
        waiting.forEach(journal.steps::waits);
        return journal;
    }

    /** Takes in the next entry; entries come in order. */
    public void add(HistoryEntry entry) {
        for (HistoryFact fact : entry.getFacts()) {
            add(fact, entry.getNumber(), entry.getAtMs());
        }
    }

    /** The input of the workflow. */
    public @Nullable Payload input() {
        return start == null ? null : start.getInput();
    }

    /** Where in a trace it was started, if that is known. */
    public @Nullable TraceContext trace() {
        return start == null ? null : start.getTrace();
    }

    /** The trace that it follows from, if there is one. */
    public @Nullable TraceContext linkedTrace() {
        return start == null ? null : start.getLinkedTrace();
    }

    /** What it was started with. */
    Start start() {
        if (start == null) {
            throw new IllegalStateException("the history has no start");
        }
        return start;
    }

    /** The steps in order of their position. */
    public List<RecordedStep> steps() {
        return steps.all();
    }

    /** One step, where it is on record. */
    public Optional<RecordedStep> step(int seq) {
        return Optional.ofNullable(steps.find(seq));
    }

    /** The highest position on record; 0 where there is none. */
    int lastStep() {
        return steps.last();
    }

    /** The recorded values in order. */
    public List<RecordedValue> values() {
        return List.copyOf(values);
    }

    /** The step that set this value last. */
    public Optional<RecordedStep> lastValue(String key) {
        return steps.all().stream()
                .filter(step ->
                        step.getKind() == StepKind.SET_VALUE && step.getName().equals(key))
                .reduce((earlier, later) -> later);
    }

    /** How the code failed, if that is how the workflow ended last. */
    @Nullable
    WorkflowFailed failure() {
        return failure;
    }

    /** Where the code was told of the cancel, if it was since the workflow was started or reopened. */
    @Nullable
    CancelSurfaced surfaced() {
        return surfaced;
    }

    /** Whether this child ended because its parent stopped, or could not be started any more. */
    boolean isStopped(RecordedStep child) {
        return stoppedChildren.contains(child.getSeq());
    }

    /** The number of the message that this step has received, 0 where its time ran out; null where it has received nothing. */
    @Nullable
    Long receivedBy(int seq) {
        return receivedBy.get(seq);
    }

    /** The messages that no step has received, if some steps are taken off the record. */
    List<Arrived> messagesWithout(IntPredicate dropped) {
        Set<Long> received = new HashSet<>();
        receivedBy.forEach((seq, number) -> {
            if (!dropped.test(seq)) {
                received.add(number);
            }
        });
        return messages.values().stream()
                .filter(arrived -> !received.contains(arrived.message.getNumber()))
                .toList();
    }

    private void add(HistoryFact fact, long entryNumber, long atMs) {
        FactKind kind = FactKind.of(fact);
        switch (kind) {
            case WORKFLOW_STARTED -> start = fact.getWorkflowStarted().getStart();
            case STEP_COMPLETED -> steps.completed(fact.getStepCompleted());
            case STEP_ATTEMPT_FAILED -> steps.attemptFailed(fact.getStepAttemptFailed());
            case STEP_HEARTBEAT -> steps.heartbeat(fact.getStepHeartbeat());
            case STEP_CANCELLED -> steps.cancelled(fact.getStepCancelled());
            case SLEEP_STARTED -> steps.sleepStarted(fact.getSleepStarted());
            case WAIT_ELAPSED -> steps.waitElapsed(fact.getWaitElapsed().getSeq(), atMs);
            case VALUE_RECORDED -> values.add(fact.getValueRecorded());
            case VALUE_SET -> steps.valueSet(fact.getValueSet());
            case RECEIVE_STARTED -> steps.receiveStarted(fact.getReceiveStarted());
            case RECEIVE_SEEN -> steps.seen(fact.getReceiveSeen().getSeq());
            case MESSAGE_RECEIVED ->
                messages.put(
                        fact.getMessageReceived().getNumber(), new Arrived(fact.getMessageReceived(), entryNumber));
            case MESSAGE_DELIVERED -> delivered(fact, atMs);
            case MESSAGE_SENT -> steps.messageSent(fact.getMessageSent());
            case MESSAGE_ANSWERED -> steps.messageAnswered(fact.getMessageAnswered(), atMs);
            case CHILD_STARTED -> steps.childStarted(fact.getChildStarted());
            case CHILD_ENDED -> {
                steps.childEnded(fact.getChildEnded(), atMs);
                if (stopping && wasStopped(fact.getChildEnded().getStatus())) {
                    stoppedChildren.add(fact.getChildEnded().getSeq());
                }
            }
            case STEPS_COPIED -> {
                steps.put(fact.getStepsCopied().getSteps());
                fact.getStepsCopied().getSteps().forEach(step -> copied(step, entryNumber));
                values.addAll(fact.getStepsCopied().getValues());
            }
            case REOPENED -> reopened(fact.getReopened());
            case CANCEL_ASKED -> stopping = true;
            case CANCEL_SURFACED -> surfaced = fact.getCancelSurfaced();
            case WORKFLOW_FAILED -> {
                failure = fact.getWorkflowFailed();
                stopping = true;
            }
            case WORKFLOW_COMPLETED, WORKFLOW_TIMED_OUT, RECOVERY_EXHAUSTED, CANCEL_COMPLETED, TERMINATED ->
                stopping = true;
            case COMMAND_NOTED,
                    DELAY_ELAPSED,
                    GRANTED,
                    PARKED,
                    RELEASED,
                    WORKER_LOST,
                    WORKFLOW_CANCELLED,
                    PAUSED,
                    UNPAUSED,
                    EXPEDITED,
                    PRIORITY_SET,
                    MOVED_TO_QUEUE,
                    FORK_ASKED,
                    FORK_ANSWERED,
                    PURGED -> {}
        }
    }

    /** A step that has received a message elsewhere brings it along. */
    private void copied(RecordedStep step, long entryNumber) {
        MessageReceived message = messageIn(step);
        if (message != null) {
            messages.put(message.getNumber(), new Arrived(message, entryNumber));
            receivedBy.put(step.getSeq(), message.getNumber());
        }
    }

    /** The message that a copied step has received; null where it has received none. */
    static @Nullable MessageReceived messageIn(RecordedStep copied) {
        boolean received = copied.getKind() == StepKind.RECEIVE
                && copied.getUnconfirmedMessage() != null
                && copied.getUnconfirmedMessage() > 0
                && copied.getOutput() != null;
        if (!received) {
            return null;
        }
        MessageReceived message = new MessageReceived();
        message.setNumber(copied.getUnconfirmedMessage());
        message.setTopic(copied.getName());
        message.setPayload(copied.getOutput());
        message.setSender("a sender to the workflow that this one is a fork of");
        return message;
    }

    /** One that has come to an end of its own, as its parent stopped, is as good as any other. */
    private static boolean wasStopped(WorkflowStatus child) {
        return child == WorkflowStatus.CANCELLED
                || child == WorkflowStatus.TERMINATED
                || child == WorkflowStatus.UNKNOWN;
    }

    private void delivered(HistoryFact fact, long atMs) {
        int seq = fact.getMessageDelivered().getSeq();
        long number = fact.getMessageDelivered().getNumber();
        Arrived arrived = messages.get(number);
        receivedBy.put(seq, number);
        steps.delivered(seq, number, arrived == null ? null : arrived.message, atMs);
    }

    private void reopened(Reopened reopened) {
        IntPredicate dropped = Control.droppedBy(reopened);
        steps.reopen(dropped);
        values.removeIf(value -> value.getAfterStep() >= reopened.getValuesFromStep());
        receivedBy.keySet().removeIf(dropped::test);
        stoppedChildren.clear();
        failure = null;
        surfaced = null;
        stopping = false;
    }

    /** Messages as they are listed in the workflow's state. */
    static List<PendingMessage> listed(List<Arrived> messages) {
        return messages.stream()
                .map(arrived -> new PendingMessage(
                        arrived.message.getNumber(), arrived.message.getTopic(), arrived.entryNumber))
                .toList();
    }
}
