package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Dispatcher;
import io.millrace.engine.dispatch.Workers;
import io.millrace.engine.dispatch.Workers.Standing;
import io.millrace.engine.machine.Input;
import io.millrace.engine.machine.Message;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.store.OwnerStore;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.store.TimerStore;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Credit;
import io.millrace.schemas.CreditSettled;
import io.millrace.schemas.CreditWanted;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Query;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowStatus;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one partition: takes its inputs one by one, and looks to timers, leases and credit in between. */
final class PartitionEngine {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionEngine.class);

    /** How often leases and unseen grants are looked to, in milliseconds. */
    private static final long LEASE_CHECK_MS = 100;

    /** So long, or twice that at most, something is kept for further queries, in milliseconds: who waits for a value asks twice a second. */
    private static final long KEEP_FOR_QUERIES_MS = 5_000;

    /** Most timers that fire in one tick, and most workflows taken from lost workers: inputs wait meanwhile. */
    private static final int MAX_PER_TICK = 500;

    private final Workers workers;
    private final PartitionStores stores;
    private final Outbound outbound;
    private final CommitPacer pacer;
    private final Partition partition;
    private final Dispatcher dispatcher;
    private final Ledger ledger;
    private final QueryAnswerer answerer;
    private final QueueOrder order = new QueueOrder();
    private long lastLeaseCheckMs;
    private long lastLetGoMs;

    /** When a record was sent, by its sender's clock, and when the engine took it, by its own. */
    record Arrival(long sentAtMs, long atMs) {}

    PartitionEngine(
            WorkflowMachine machine,
            Workers workers,
            PartitionStores stores,
            Outbound outbound,
            CommitPacer pacer,
            Partition partition) {
        this.workers = workers;
        this.stores = stores;
        this.outbound = outbound;
        this.pacer = pacer;
        this.partition = partition;
        this.dispatcher = new Dispatcher(workers, stores.backlog());
        this.ledger = new Ledger(machine, stores, dispatcher, outbound, partition.number());
        this.answerer = new QueryAnswerer(stores, ledger, partition.number());
    }

    /** Takes note of the grants that are held already: they count against their workers' credit. */
    void restoreGrants(long now) {
        stores.owners().all().stream()
                .filter(owned -> owned.grantNumber() > 0)
                // As they were made: a worker's report confirms all up to a number.
                .sorted(Comparator.comparingLong(OwnerStore.Owned::grantNumber))
                .forEach(owned ->
                        dispatcher.restoreGrant(owned.workerId(), owned.grantNumber(), owned.workflowId(), now));
    }

    void onCommand(String workflowId, Command command, Arrival arrival) {
        long now = arrival.atMs();
        InboundRecords.requireAnswerable(workflowId, command);
        if (partition.owns(workflowId)) {
            ledger.apply(workflowId, command, order.next(now), now);
        } else {
            outbound.send(misdirected(workflowId, command, now));
        }
        askForCredit(now);
        pacer.someoneWaits(arrival.sentAtMs(), now);
    }

    void onEvent(String key, WorkerEvent event, Arrival arrival) {
        long now = arrival.atMs();
        InboundRecords.requireUsable(key, event);
        if (!event.getFacts().isEmpty() && !partition.owns(key)) {
            throw new UnusableRecordException(partition.objectionTo(key));
        }
        if (!event.getFacts().isEmpty() && ledger.apply(key, new Input.EventReceived(event, order.next(now), now))) {
            pacer.someoneWaits(arrival.sentAtMs(), now);
        }
        if (event.getCredit() != null) {
            onCredit(event.getWorkerId(), event.getCredit(), now);
        }
    }

    /** Another workflow, here or on another partition, has something to tell this one. */
    void onTransfer(String workflowId, Transfer transfer, Arrival arrival) {
        long now = arrival.atMs();
        InboundRecords.requireUsable(workflowId, transfer);
        if (!partition.owns(workflowId)) {
            throw new UnusableRecordException(partition.objectionTo(workflowId));
        }
        ledger.apply(workflowId, transfer, order.next(now), now);
        askForCredit(now);
        pacer.someoneWaits(arrival.sentAtMs(), now);
    }

    void onQuery(Query query, Arrival arrival) {
        InboundRecords.requireAnswerable(query);
        outbound.answer(answerer.answer(query), query.getAnswerPartition());
        // Queries carry no time of their own; who asks always waits.
        pacer.someoneWaits(arrival.atMs(), arrival.atMs());
    }

    void tick(long now) {
        for (TimerStore.Timer timer : stores.timers().dueAt(now, MAX_PER_TICK)) {
            applyQuietly(timer.workflowId(), inputOf(timer, now));
        }
        if (now - lastLeaseCheckMs >= LEASE_CHECK_MS) {
            lastLeaseCheckMs = now;
            checkLeases(now);
            dispatcher.findUnseenGrants(now, ledger::grantAgain);
        }
        if (now - lastLetGoMs >= KEEP_FOR_QUERIES_MS) {
            lastLetGoMs = now;
            answerer.letGoOfUnasked();
        }
        dispatcher.workers().forEach(workerId -> dispatchTo(workerId, now));
        askForCredit(now);
    }

    private Message misdirected(String workflowId, Command command, long now) {
        CommandReply reply = new CommandReply();
        reply.setCommandId(command.getCommandId());
        reply.setWorkflowId(workflowId);
        reply.setOutcome(CommandOutcome.REJECTED);
        reply.setReason(partition.objectionTo(workflowId));
        reply.setStatus(WorkflowStatus.UNKNOWN);
        reply.setAtMs(now);
        return new Message.Reply(reply, command.getReplyPartition());
    }

    private void onCredit(String workerId, Credit credit, long now) {
        dispatcher.onCredit(workerId, credit);
        dispatchTo(workerId, now);
        if (credit.getSettle()) {
            InboxMessage message = new InboxMessage();
            message.setCreditSettled(new CreditSettled(partition.number(), dispatcher.granted(workerId)));
            outbound.inbox(workerId, message);
        }
    }

    private void dispatchTo(String workerId, long now) {
        Dispatcher.Match match = dispatcher.nextFor(workerId, now);
        while (match != null) {
            assign(match, now);
            match = dispatcher.nextFor(workerId, now);
        }
    }

    /** What fails here is the fault of no record, so none is put aside for it: the task starts again from its last transaction. */
    private void assign(Dispatcher.Match match, long now) {
        Dispatcher.Assignment assignment = match.assignment();
        var assigned = new Input.WorkerAssigned(assignment.workerId(), assignment.number(), now);
        boolean taken;
        try {
            taken = ledger.apply(match.workflowId(), assigned);
        } catch (UnusableRecordException e) {
            throw new IllegalStateException("cannot dispatch: " + e.getMessage(), e);
        }
        if (!taken) {
            throw new IllegalStateException("workflow " + match.workflowId()
                    + " is in the backlog and not dispatchable: the index does not fit the state");
        }
    }

    private void askForCredit(long now) {
        dispatcher.askForCredit(now, (workerId, wanted) -> {
            InboxMessage message = new InboxMessage();
            message.setCreditWanted(new CreditWanted(partition.number(), wanted));
            outbound.inbox(workerId, message);
        });
    }

    private Input inputOf(TimerStore.Timer timer, long now) {
        return switch (timer.kind()) {
            case WAKE -> new Input.WakeTimeReached(order.next(now), now);
            case DEADLINE -> new Input.DeadlineReached(now);
        };
    }

    private void checkLeases(long now) {
        int left = MAX_PER_TICK;
        for (String workerId : stores.owners().workers()) {
            Standing standing = workers.standing(workerId);
            if (standing == Standing.ALIVE || left <= 0) {
                continue;
            }
            boolean orderly = standing == Standing.LEFT;
            for (OwnerStore.Owned owned : stores.owners().ownedBy(workerId, left)) {
                applyQuietly(owned.workflowId(), new Input.OwnerLost(workerId, orderly, now));
                left--;
            }
        }
        for (String workerId : dispatcher.workers()) {
            if (workers.standing(workerId) != Standing.ALIVE) {
                dispatcher.forget(workerId);
            }
        }
    }

    /** What comes from no record cannot be put aside: what the machine cannot decide on is logged, and the others go on. */
    private void applyQuietly(String workflowId, Input input) {
        try {
            ledger.apply(workflowId, input);
        } catch (UnusableRecordException e) {
            LOG.error("cannot decide on {}: {}", input, e.getMessage(), e);
        }
    }
}
