package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Dispatcher;
import io.millrace.engine.machine.CommandKind;
import io.millrace.engine.machine.Decision;
import io.millrace.engine.machine.FactApplier;
import io.millrace.engine.machine.FactKind;
import io.millrace.engine.machine.Input;
import io.millrace.engine.machine.Journal;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.store.Indexes;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Grant;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Limits;
import io.millrace.schemas.PauseChanged;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries one input through: load, decide, apply, save, tell. The only code that writes workflows. */
final class Ledger {
    /** Largest row that a record may make, in bytes: a grant's or a timer's facts still fit, and the frame of a record. */
    private static final int MAX_ROW_BYTES = Limits.MAX_RECORD_BYTES - 16 * 1024;

    /** Up to how many entries of a history are read one by one. */
    private static final int FEW_ENTRIES = 4;

    private final WorkflowMachine machine;
    private final PartitionStores stores;
    private final Dispatcher dispatcher;
    private final Indexes indexes;
    private final Outbound outbound;
    private final CommandAnswers answers;
    private final StepEnds ends;
    private final PartitionQueues queues;
    private final FactReport report;
    private final Leftovers leftovers;
    private final int partition;

    Ledger(WorkflowMachine machine, PartitionStores stores, PartitionQueues queues, Outbound outbound, int partition) {
        this.machine = machine;
        this.stores = stores;
        this.queues = queues;
        this.dispatcher = queues.dispatcher();
        this.indexes = new Indexes(stores, dispatcher);
        this.outbound = outbound;
        this.answers = new CommandAnswers(stores);
        this.ends = new StepEnds(stores.history(), outbound);
        this.report = new FactReport(outbound.observer());
        this.leftovers = new Leftovers(stores);
        this.partition = partition;
    }

    /**
     * Carries an input through.
     *
     * @return whether the workflow has changed
     * @throws UnusableRecordException if the machine cannot decide on it; nothing has been written then
     */
    boolean apply(String workflowId, Input input) {
        return carry(workflowId, stores.workflows().find(workflowId), input);
    }

    /**
     * Carries a command through, with what it needs to know of those before it. As {@link #apply(String, Input)}.
     *
     * @param queueAnswered what its queue says to it, where that was asked: it may have to be, and then nothing is changed yet
     */
    boolean apply(
            String workflowId, Command command, @Nullable QueueAnswered queueAnswered, long queueOrder, long atMs) {
        StoredWorkflow before = stores.workflows().find(workflowId);
        CommandReply answered = before == null ? null : answers.find(workflowId, command);
        if (answered == null && queues.mustAsk(workflowId, command, queueAnswered, before)) {
            return false;
        }
        CommandKind kind = CommandKind.of(command);
        boolean reads = before != null
                && answered == null
                && kind != null
                && kind.needsJournal(before.getState().getStatus());
        Journal journal = reads ? journalOf(workflowId) : null;
        try {
            boolean changed = carry(
                    workflowId,
                    before,
                    new Input.CommandReceived(command, answered, journal, queueAnswered, queueOrder, atMs));
            if (before == null && !changed) {
                // There is nothing that will be purged one day, and the topic keeps the last command of each key.
                outbound.commandsPurged(workflowId, atMs);
            }
            return changed;
        } finally {
            // Also where it is put aside as a dead letter: what its queue holds for it must not be held for ever.
            if (queueAnswered != null) {
                queues.onDecided(queueAnswered, stores.workflows().find(workflowId));
            }
        }
    }

    /** Carries what another workflow tells through. As {@link #apply(String, Input)}. */
    boolean apply(String workflowId, Transfer transfer, long queueOrder, long atMs) {
        CommandReply answered = transfer.getForkReceipt() == null
                ? null
                : answers.toCommand(
                        workflowId, transfer.getForkReceipt().getAnswered().getCommandId());
        return apply(workflowId, new Input.TransferReceived(transfer, answered, queueOrder, atMs));
    }

    private boolean carry(String workflowId, @Nullable StoredWorkflow before, Input input) {
        Indexes.Entry entryBefore = Indexes.Entry.of(before);
        List<WaitingStep> waitedBefore = before == null ? List.of() : before.getWaitingSteps();
        long waitedMs = waitedMs(before, entryBefore, input.atMs());
        Change change = change(workflowId, before, entryBefore, input);
        if (change.workflow != null) {
            HistoryEntry entry = write(workflowId, change.workflow, change.facts, input);
            indexes.move(workflowId, entryBefore, Indexes.Entry.of(change.workflow));
            queues.onChange(workflowId, entryBefore, change.workflow, change.facts, input.atMs());
            answers.keep(change.workflow, change.decision, input.atMs());
            tell(change.workflow, entry, waitedBefore);
            report.tell(change.workflow, change.facts, waitedBefore, waitedMs);
            if (WorkflowMachine.closes(change.facts)) {
                WorkflowMachine.afterClosing(change.workflow).forEach(outbound::send);
            }
        }
        change.decision.messages().forEach(outbound::send);
        return change.workflow != null;
    }

    /** How long it has waited for a worker: since the last thing that was put on record of it, which as a rule is that it came to wait. */
    private static long waitedMs(@Nullable StoredWorkflow before, Indexes.Entry entryBefore, long atMs) {
        return before == null || entryBefore.waiting() == null
                ? 0
                : Math.max(0, atMs - before.getState().getUpdatedAtMs());
    }

    /**
     * Sends the grant of an execution once more; its worker may not have seen it.
     *
     * @param creditPartition whose credit it used, where that is known by its queue; else null, and it was that of this partition. Each
     *     counts for itself, so that a number alone could be that of another grant.
     * @return whether the worker has it by a grant of this number
     */
    boolean grantAgain(String workerId, String workflowId, @Nullable Integer creditPartition, long number) {
        StoredWorkflow workflow = stores.workflows().find(workflowId);
        boolean stands = workflow != null
                && workerId.equals(Statuses.ownerOf(workflow))
                && workflow.getGrantNumber() == number
                && Objects.equals(workflow.getCreditPartition(), creditPartition);
        if (stands) {
            grant(workflow, journalOf(workflowId));
            if (workflow.getState().getStatus() == WorkflowStatus.PAUSED) {
                InboxMessage paused = new InboxMessage();
                paused.setPauseChanged(
                        new PauseChanged(workflowId, workflow.getState().getEpoch(), true));
                outbound.inbox(workerId, paused);
            }
        }
        return stands;
    }

    /** The outcome of the pure part: nothing is written before all of it is there. */
    private record Change(Decision decision, @Nullable StoredWorkflow workflow, List<HistoryFact> facts) {}

    private Change change(String workflowId, @Nullable StoredWorkflow before, Indexes.Entry entryBefore, Input input) {
        try {
            Decision decision = machine.decide(workflowId, before, input);
            if (decision.facts().isEmpty()) {
                return new Change(decision, null, List.of());
            }
            FactApplier applier = new FactApplier(workflowId);
            StoredWorkflow after = applier.applyAll(before, decision.facts(), input.atMs());
            List<HistoryFact> facts = new ArrayList<>(decision.facts());
            if (entryBefore.waiting() == null && Statuses.isDispatchable(after)) {
                after = place(after, facts, applier, input.atMs());
            }
            return new Change(decision, after, facts);
        } catch (RuntimeException e) {
            throw new UnusableRecordException("workflow " + workflowId + ": " + e, e);
        }
    }

    /** A workflow that waits for nothing but a worker goes to one at once where there is credit, in the same step. */
    private StoredWorkflow place(StoredWorkflow workflow, List<HistoryFact> facts, FactApplier applier, long atMs) {
        String workflowId = workflow.getState().getWorkflowId();
        Dispatcher.Assignment assignment =
                dispatcher.place(Indexes.laneOf(workflow), workflowId, workflow.getLastWorkerId(), atMs);
        if (assignment == null) {
            return workflow;
        }
        var assigned = new Input.WorkerAssigned(assignment.workerId(), assignment.number(), null, atMs);
        List<HistoryFact> granted =
                machine.decide(workflowId, workflow, assigned).facts();
        facts.addAll(granted);
        return applier.applyAll(workflow, granted, atMs);
    }

    private HistoryEntry write(String workflowId, StoredWorkflow workflow, List<HistoryFact> facts, Input input) {
        workflow.setHistoryNumber(workflow.getHistoryNumber() + 1);
        HistoryEntry entry = new HistoryEntry(workflow.getHistoryNumber(), input.atMs(), facts);
        byte[] state = stores.workflows().encode(workflow);
        byte[] row = stores.history().encode(entry);
        requireFits(workflowId, Math.max(state.length, row.length), input);
        if (entry.getNumber() == 1) {
            leftovers.deleteAll(workflowId);
            stores.workflows().add(workflowId, state);
        } else {
            stores.workflows().save(workflowId, state);
        }
        stores.history().append(workflowId, entry.getNumber(), row);
        indexes.list(workflow);
        outbound.history(workflowId, entry);
        return entry;
    }

    /** What one record makes may be more than a record can hold, which would stop the partition. What time makes is small. */
    private static void requireFits(String workflowId, int bytes, Input input) {
        boolean ofRecord = switch (input.kind()) {
            case COMMAND_RECEIVED, EVENT_RECEIVED, TRANSFER_RECEIVED -> true;
            case WORKER_ASSIGNED, OWNER_LOST, WAKE_TIME_REACHED, DEADLINE_REACHED, RETENTION_OVER -> false;
        };
        if (ofRecord && bytes > MAX_ROW_BYTES) {
            throw new UnusableRecordException("workflow " + workflowId + ": what the record adds would make a row of "
                    + bytes + " bytes; the limit is " + MAX_ROW_BYTES);
        }
    }

    private void tell(StoredWorkflow workflow, HistoryEntry entry, List<WaitingStep> waitedBefore) {
        boolean published = false;
        boolean closed = false;
        boolean granted = false;
        for (HistoryFact fact : entry.getFacts()) {
            FactKind kind = FactKind.of(fact);
            published |= kind.changesPublishedState();
            closed |= kind.closes();
            granted |= fact.getGranted() != null && fact.getGranted().getNumber() > 0;
        }
        if (closed && !Statuses.isWithItsStarter(workflow)) {
            outbound.awaitedStatus(published(workflow));
        } else if (published) {
            outbound.status(published(workflow));
        }
        if (granted) {
            grant(workflow, journalBehind(workflow, entry));
        } else {
            ends.tell(workflow, entry, waitedBefore);
        }
    }

    /** The state as others see it: what a workflow waits for in its queue depends on who is alive, and is not part of it. */
    WorkflowState published(StoredWorkflow workflow) {
        WorkflowState state = workflow.getState();
        if (!Statuses.isDispatchable(workflow)) {
            return state;
        }
        return WorkflowState.newBuilder(state)
                .setWaitingFor(dispatcher.waitsFor(Indexes.laneOf(workflow)))
                .build();
    }

    /**
     * What is on record up to this entry. Most grants are of workflows that have just been started, or have waited since: their few entries are got
     * one by one, which costs a fraction of what a scan does.
     */
    private Journal journalBehind(StoredWorkflow workflow, HistoryEntry entry) {
        String workflowId = workflow.getState().getWorkflowId();
        if (entry.getNumber() > FEW_ENTRIES) {
            return journalOf(workflowId);
        }
        Journal journal = new Journal();
        for (long number = 1; number < entry.getNumber(); number++) {
            journal.add(Objects.requireNonNull(stores.history().find(workflowId, number), "a history has no gaps"));
        }
        journal.add(entry);
        return journal;
    }

    /** What the workflow did, read off its whole history. */
    Journal journalOf(String workflowId) {
        Journal journal = new Journal();
        stores.history().read(workflowId, journal::add);
        return journal;
    }

    private void grant(StoredWorkflow workflow, Journal journal) {
        boolean tellBegan = workflow.getCreditPartition() != null
                && queues.countsBeginnings(workflow.getState().getQueue());
        for (Grant part : Grants.parts(workflow, journal, partition)) {
            part.setTellBegan(tellBegan);
            InboxMessage message = new InboxMessage();
            message.setGrant(part);
            outbound.inbox(workflow.getState().getWorkerId(), message);
        }
    }
}
