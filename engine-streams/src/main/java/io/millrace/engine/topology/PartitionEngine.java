package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Dispatcher;
import io.millrace.engine.dispatch.Workers;
import io.millrace.engine.dispatch.Workers.Standing;
import io.millrace.engine.machine.CommandKind;
import io.millrace.engine.machine.Input;
import io.millrace.engine.machine.Message;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.queue.QueueDesk;
import io.millrace.engine.queue.QueueView;
import io.millrace.engine.store.OwnerTable;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.store.TimerStore;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Credit;
import io.millrace.schemas.CreditSettled;
import io.millrace.schemas.CreditWanted;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.QueueMatch;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one partition: takes its inputs one by one, and looks to timers, leases and credit in between. */
final class PartitionEngine {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionEngine.class);

    /** How often leases and unseen grants are looked to, in milliseconds. */
    private static final long LEASE_CHECK_MS = 100;

    /** So long, or twice that at most, something is kept for further queries, in milliseconds: who waits for a value asks twice a second. */
    private static final long KEEP_FOR_QUERIES_MS = 5_000;

    /** Most workflows that are taken from lost workers in one look at the leases: inputs wait meanwhile. */
    private static final int MAX_LOST_AT_ONCE = 500;

    private final Workers workers;
    private final PartitionStores stores;
    private final Outbound outbound;
    private final CommitPacer pacer;
    private final Partition partition;
    private final PartitionQueues queues;
    private final Ledger ledger;
    private final QueryAnswerer answerer;
    private final Purge purge;
    private final QueueOrder order = new QueueOrder();
    private final DueTimers dueTimers;
    private long lastLeaseCheckMs;
    private long lastLetGoMs;

    /** When a record was sent, by its sender's clock, and when the engine took it, by its own. */
    record Arrival(long sentAtMs, long atMs) {}

    /** What is around an engine that does not change with its inputs. */
    record Surroundings(
            Workers workers,
            QueueView queues,
            Outbound outbound,
            CommitPacer pacer,
            Partition partition,
            int timersPerTick) {}

    PartitionEngine(WorkflowMachine machine, Surroundings around, PartitionStores stores) {
        this.workers = around.workers();
        this.stores = stores;
        this.dueTimers = new DueTimers(stores.timers(), around.timersPerTick());
        this.outbound = around.outbound();
        this.pacer = around.pacer();
        this.partition = around.partition();
        order.startBehind(stores.told().highestTicket());
        this.queues = new PartitionQueues(around, stores, order::next);
        this.ledger = new Ledger(machine, stores, queues, outbound, partition.number());
        this.answerer = new QueryAnswerer(stores, ledger, queues, partition.number());
        this.purge = new Purge(machine, stores, queues.dispatcher(), outbound);
    }

    /** Takes note of the grants that are held already: they count against their workers' credit. */
    void restoreGrants(long now) {
        queues.restoreGrants(now);
    }

    void onCommand(String workflowId, Command command, Arrival arrival) {
        long now = arrival.atMs();
        InboundRecords.requireAnswerable(workflowId, command);
        if (!partition.owns(workflowId)) {
            outbound.send(misdirected(workflowId, command, now));
        } else if (CommandKind.isAboutQueue(command)) {
            queues.onSettings(workflowId, command, now);
        } else {
            ledger.apply(workflowId, command, null, order.next(now), now);
        }
        finish(now);
        pacer.taken(arrival.sentAtMs(), now);
    }

    void onEvent(String key, WorkerEvent event, Arrival arrival) {
        long now = arrival.atMs();
        InboundRecords.requireUsable(key, event);
        if (!event.getFacts().isEmpty() && !partition.owns(key)) {
            throw new UnusableRecordException(partition.objectionTo(key));
        }
        if (!event.getFacts().isEmpty()) {
            boolean startsPastLimits = queues.startsPastLimits(event);
            ledger.apply(key, new Input.EventReceived(event, startsPastLimits, order.next(now), now));
        }
        if (event.getBegun() != null) {
            queues.onBegun(event.getWorkerId(), event.getBegun(), now);
        }
        if (event.getCredit() != null) {
            onCredit(event.getWorkerId(), event.getCredit(), now);
        }
        queues.flush(now);
        if (!event.getFacts().isEmpty()) {
            pacer.taken(arrival.sentAtMs(), now);
        }
    }

    /** A workflow or a queue, here or on another partition, has something to tell one of this partition. */
    void onTransfer(String key, Transfer transfer, Arrival arrival) {
        long now = arrival.atMs();
        InboundRecords.requireUsable(key, transfer);
        if (!partition.owns(key)) {
            throw new UnusableRecordException(partition.objectionTo(key));
        }
        if (transfer.getQueueMatches() != null) {
            transfer.getQueueMatches().getMatches().forEach(match -> queues.onMatch(match, new Granter(now)));
        } else if (!queues.onTransfer(key, transfer, now)) {
            apply(key, transfer, now);
        }
        finish(now);
        pacer.transferTaken(arrival.sentAtMs(), now);
    }

    private void apply(String workflowId, Transfer transfer, long now) {
        QueueAnswered answered = transfer.getQueueAnswered();
        if (answered != null) {
            queues.onAnswered(answered);
        }
        if (answered != null && answered.getAsked().getCommand() != null) {
            ledger.apply(workflowId, answered.getAsked().getCommand(), answered, order.next(now), now);
            return;
        }
        boolean asks = transfer.getStartChild() != null
                && queues.mustAsk(workflowId, transfer, stores.workflows().find(workflowId));
        try {
            if (!asks) {
                ledger.apply(workflowId, transfer, order.next(now), now);
            }
        } finally {
            if (answered != null) {
                queues.onDecided(answered, stores.workflows().find(workflowId));
            }
        }
    }

    /** Carries out what queues have matched. */
    private final class Granter implements QueueDesk.Granting {
        private final long now;

        private Granter(long now) {
            this.now = now;
        }

        @Override
        public void grant(QueueMatch match) {
            assign(
                    match.getWorkflowId(),
                    new Input.WorkerAssigned(match.getWorkerId(), match.getNumber(), match.getCreditPartition(), now));
        }

        @Override
        public boolean grantAgain(QueueMatch match) {
            return ledger.grantAgain(
                    match.getWorkerId(), match.getWorkflowId(), match.getCreditPartition(), match.getNumber());
        }
    }

    /** What is to be done behind every input that may have changed what waits. */
    private void finish(long now) {
        queues.flush(now);
        askForCredit(now);
    }

    void onQuery(Query query, Arrival arrival) {
        InboundRecords.requireAnswerable(query);
        Answer answer = answerer.answer(query, arrival.atMs());
        outbound.answer(answer, query.getAnswerPartition());
        outbound.observer().queryAnswered(QueryNames.of(query), answer.getError() == null);
        // Queries carry no time of their own.
        pacer.taken(arrival.atMs(), arrival.atMs());
    }

    void tick(long now) {
        for (TimerStore.Timer timer : dueTimers.at(now)) {
            applyQuietly(timer.workflowId(), inputOf(timer, now));
            outbound.observer().timerFired(now - timer.dueAtMs());
        }
        if (now - lastLeaseCheckMs >= LEASE_CHECK_MS) {
            lastLeaseCheckMs = now;
            checkLeases(now);
            queues.sendUnseenAgain(
                    now, (workerId, workflowId, number) -> ledger.grantAgain(workerId, workflowId, null, number));
        }
        if (now - lastLetGoMs >= KEEP_FOR_QUERIES_MS) {
            lastLetGoMs = now;
            answerer.letGoOfUnasked();
        }
        queues.workers().forEach(workerId -> dispatchTo(workerId, now));
        queues.tick(now);
        askForCredit(now);
        purge.tick(now);
        pacer.tick(now);
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
        queues.onCredit(workerId, credit, now);
        dispatchTo(workerId, now);
        if (credit.getSettle()) {
            InboxMessage message = new InboxMessage();
            message.setCreditSettled(new CreditSettled(partition.number(), queues.granted(workerId)));
            outbound.inbox(workerId, message);
        }
    }

    private void dispatchTo(String workerId, long now) {
        Dispatcher dispatcher = queues.dispatcher();
        Dispatcher.Match match = dispatcher.nextFor(workerId, now);
        while (match != null) {
            Dispatcher.Assignment assignment = match.assignment();
            assign(match.workflowId(), new Input.WorkerAssigned(assignment.workerId(), assignment.number(), null, now));
            match = dispatcher.nextFor(workerId, now);
        }
    }

    /** What fails here is the fault of no record, so none is put aside for it: the task starts again from its last transaction. */
    private void assign(String workflowId, Input.WorkerAssigned assigned) {
        boolean taken;
        try {
            taken = ledger.apply(workflowId, assigned);
        } catch (UnusableRecordException e) {
            throw new IllegalStateException("cannot dispatch: " + e.getMessage(), e);
        }
        if (!taken) {
            throw new IllegalStateException("workflow " + workflowId
                    + " is in the backlog and not dispatchable: the index does not fit the state");
        }
    }

    private void askForCredit(long now) {
        queues.askForCredit(now, (workerId, wanted) -> {
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
        int left = MAX_LOST_AT_ONCE;
        for (String workerId : stores.owners().workers()) {
            Standing standing = workers.standing(workerId);
            if (standing == Standing.ALIVE || left <= 0) {
                continue;
            }
            boolean orderly = standing == Standing.LEFT;
            for (OwnerTable.Owned owned : stores.owners().ownedBy(workerId, left)) {
                applyQuietly(owned.workflowId(), new Input.OwnerLost(workerId, orderly, now));
                left--;
            }
        }
        for (String workerId : queues.workers()) {
            if (workers.standing(workerId) != Standing.ALIVE) {
                queues.forget(workerId);
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
