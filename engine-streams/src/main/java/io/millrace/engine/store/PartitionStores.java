package io.millrace.engine.store;

import io.millrace.engine.listing.Row;
import io.millrace.engine.listing.WorkflowTable;
import io.millrace.schemas.store.StoredWorkflow;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of one partition, over its one physical store. Used by the partition's own thread alone. */
public final class PartitionStores {
    /** The physical store's name in the topology. */
    public static final String NAME = "state";

    private final WorkflowStore workflows;
    private final HistoryStore history;
    private final TimerStore timers;
    private final OwnerTable owners;
    private final BacklogStore backlog;
    private final WorkflowTable listing;
    private final AnswerStore answers;
    private final ForkStore forks;
    private final ToldStore told;
    private final MemberStore members;
    private final QueueStore queues;
    private final RetentionStore retention;
    private final LeftoverStore leftovers;

    /** Stores over a physical store. What indexes in memory need is read here, all workflows among it: about 4 s for a million. */
    public PartitionStores(KeyValueStore<Bytes, byte[]> store) {
        this.workflows = new WorkflowStore(store);
        this.history = new HistoryStore(store);
        this.timers = new TimerStore(store);
        this.owners = new OwnerTable();
        this.backlog = new BacklogStore(store);
        this.listing = new WorkflowTable();
        this.answers = new AnswerStore(store);
        this.forks = new ForkStore(store);
        this.told = new ToldStore(store);
        this.members = new MemberStore(store);
        this.queues = new QueueStore(store);
        this.retention = new RetentionStore(store);
        this.leftovers = new LeftoverStore(store);
        workflows.open(this::index);
        listing.pack();
    }

    /** What follows from a workflow's state and is kept in memory alone. */
    private void index(StoredWorkflow workflow) {
        listing.put(Row.of(workflow));
        OwnerTable.Owned owned = Indexes.Entry.of(workflow).owned();
        if (owned != null) {
            owners.add(owned);
        }
    }

    /** The states of workflows. */
    public WorkflowStore workflows() {
        return workflows;
    }

    /** The histories of workflows. */
    public HistoryStore history() {
        return history;
    }

    /** What is to happen when. */
    public TimerStore timers() {
        return timers;
    }

    /** Who owns what. */
    public OwnerTable owners() {
        return owners;
    }

    /** What waits for a worker. */
    public BacklogStore backlog() {
        return backlog;
    }

    /** All workflows in memory, in the order of lists. {@link Indexes} keeps it. */
    public WorkflowTable listing() {
        return listing;
    }

    /** What commands were answered. */
    public AnswerStore answers() {
        return answers;
    }

    /** The forks of workflows. */
    public ForkStore forks() {
        return forks;
    }

    /** What queues with limits were told of workflows of this partition. */
    public ToldStore told() {
        return told;
    }

    /** The workflows that queues at home here know of. */
    public MemberStore members() {
        return members;
    }

    /** The queues at home here. */
    public QueueStore queues() {
        return queues;
    }

    /** Since when, or until when, closed workflows are kept. */
    public RetentionStore retention() {
        return retention;
    }

    /** What is still to be deleted of purged workflows. */
    public LeftoverStore leftovers() {
        return leftovers;
    }
}
