package io.millrace.engine.machine;

import io.millrace.schemas.Limits;
import io.millrace.schemas.PendingMessage;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.UnconfirmedReceive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a workflow that no step has received, and the steps that have received one and whose worker has not confirmed which: read from
 * a state, carried forward fact by fact, and written back by {@link FactApplier} alone.
 */
final class Mailbox {
    /** What a message takes in the list besides its topic, in bytes. */
    private static final int LISTED_BYTES = 20;

    /** Largest list of messages, in bytes: as many of the longest topics as may come. It is in the workflow's own row. */
    private static final int MAX_LIST_BYTES = Limits.MAX_PENDING_MESSAGES * (LISTED_BYTES + RecordSizes.MAX_NAME_BYTES);

    private long count;
    private List<PendingMessage> pending;
    private final List<UnconfirmedReceive> unconfirmed;

    Mailbox(StoredWorkflow workflow) {
        this.count = workflow.getMessageCount();
        this.pending = new ArrayList<>(workflow.getPendingMessages());
        this.unconfirmed = new ArrayList<>(workflow.getUnconfirmedReceives());
    }

    /** Why a workflow cannot begin with all of these in its mailbox, or null. */
    static @Nullable String objectionToList(List<Journal.Arrived> messages) {
        long bytes = 0;
        for (Journal.Arrived message : messages) {
            bytes += LISTED_BYTES + RecordSizes.of(message.message().getTopic());
        }
        return bytes <= MAX_LIST_BYTES
                ? null
                : messages.size() + " messages would be there to be received again, and their list would have " + bytes
                        + " bytes; the limit is " + MAX_LIST_BYTES + ": begin at a later step";
    }

    boolean isFull() {
        return pending.size() >= Limits.MAX_PENDING_MESSAGES;
    }

    long nextNumber() {
        return count + 1;
    }

    /** The message of this topic that came first. */
    @Nullable
    PendingMessage first(String topic) {
        for (PendingMessage message : pending) {
            if (message.getTopic().equals(topic)) {
                return message;
            }
        }
        return null;
    }

    /** A message that a step has got elsewhere, which is on record with that step. */
    void skip(long number) {
        count = Math.max(count, number);
    }

    void receive(long number, String topic, long entryNumber) {
        count = Math.max(count, number);
        pending.add(new PendingMessage(number, topic, entryNumber));
    }

    /** A step has got a message, or none in time, which is number 0. */
    void deliver(int seq, long number) {
        pending.removeIf(message -> message.getNumber() == number);
        unconfirmed.add(new UnconfirmedReceive(seq, number));
    }

    /** Which message the step got that no worker has confirmed; null where there is nothing to confirm. */
    @Nullable
    Long unconfirmed(int seq) {
        for (UnconfirmedReceive receive : unconfirmed) {
            if (receive.getSeq() == seq) {
                return receive.getMessageNumber();
            }
        }
        return null;
    }

    boolean confirm(int seq) {
        return unconfirmed.removeIf(receive -> receive.getSeq() == seq);
    }

    /** Some steps are not on record any more, and what they received waits again. */
    void reopen(List<PendingMessage> restored, IntPredicate dropped) {
        pending = new ArrayList<>(restored);
        unconfirmed.removeIf(receive -> dropped.test(receive.getSeq()));
    }

    void writeTo(StoredWorkflow workflow) {
        workflow.setMessageCount(count);
        workflow.setPendingMessages(pending.isEmpty() ? List.of() : pending);
        workflow.setUnconfirmedReceives(unconfirmed.isEmpty() ? List.of() : unconfirmed);
    }
}
