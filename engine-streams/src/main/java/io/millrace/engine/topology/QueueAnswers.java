package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Backlog;
import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.machine.RecordSizes;
import io.millrace.engine.queue.QueueRules;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.EnqueuedWorkflow;
import io.millrace.schemas.GetQueues;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListQueue;
import io.millrace.schemas.QueueListAnswer;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.QueueStatistics;
import io.millrace.schemas.QueuesAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers questions about queues from one partition: what waits in it, and, of queues that are at home in it, their settings and slots. */
final class QueueAnswers {
    /** Most lanes that are looked through for a list: each is a search in the store, and the partition's other work waits meanwhile. */
    private static final int MAX_LANES = 2_000;

    /** Most bytes of an answer about queues: its frame still fits a record, and one that does not fit stops the partition. */
    private static final int MAX_BYTES = Limits.MAX_RECORD_BYTES - 64 * 1024;

    private final PartitionStores stores;
    private final Ledger ledger;
    private final PartitionQueues queues;

    QueueAnswers(PartitionStores stores, Ledger ledger, PartitionQueues queues) {
        this.stores = stores;
        this.ledger = ledger;
        this.queues = queues;
    }

    /** A place in the list: the first one is before all others. */
    private record Place(Lane.Rank rank, Waiting waiting) {
        static Place read(ByteBuffer cursor) {
            try {
                ByteBuffer bytes = cursor.duplicate();
                Lane.Rank rank = Lane.Rank.of(bytes.get());
                int priority = bytes.getInt();
                long order = bytes.getLong();
                return new Place(
                        rank,
                        new Waiting(
                                priority,
                                order,
                                StandardCharsets.UTF_8.decode(bytes).toString()));
            } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("the cursor is not one that this engine gave", e);
            }
        }

        ByteBuffer write() {
            byte[] id = waiting.workflowId().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES + id.length)
                    .put((byte) rank.ordinal())
                    .putInt(waiting.priority())
                    .putLong(waiting.order())
                    .put(id)
                    .flip();
        }
    }

    QueueListAnswer list(ListQueue query) {
        Place after = query.getCursor() == null ? null : Place.read(query.getCursor());
        int limit = Math.max(1, Math.min(QueryAnswerer.MAX_ITEMS, query.getLimit()));
        QueueListAnswer answer = new QueueListAnswer(new ArrayList<>(), null);
        int bytes = 0;
        for (Lane.Rank rank : List.of(Lane.Rank.EXPEDITED, Lane.Rank.BEGUN, Lane.Rank.NEW)) {
            if (after != null && rank.compareTo(after.rank()) < 0) {
                continue;
            }
            Waiting from = after != null && rank == after.rank() ? after.waiting() : null;
            LaneMerge merge = new LaneMerge(queues.backlog(), lanes(query, rank), from);
            for (Waiting next = merge.next(); next != null; next = merge.next()) {
                EnqueuedWorkflow workflow = enqueued(next, rank);
                answer.getWorkflows().add(workflow);
                bytes += RecordSizes.of(workflow.getWorkflow());
                if (answer.getWorkflows().size() >= limit || bytes > Limits.GRANT_PART_BYTES) {
                    answer.setNextCursor(new Place(rank, next).write());
                    return answer;
                }
            }
        }
        return answer;
    }

    private List<Lane> lanes(ListQueue query, Lane.Rank rank) {
        List<Lane> lanes = new ArrayList<>();
        for (Lane lane : queues.backlog().lanes(new Backlog.Group(query.getQueue(), rank))) {
            if (query.getPartitionKey() == null || query.getPartitionKey().equals(lane.partitionKey())) {
                lanes.add(lane);
            }
        }
        if (lanes.size() > MAX_LANES) {
            throw new IllegalArgumentException(
                    "queue \"" + query.getQueue() + "\" has " + lanes.size()
                            + " partition keys with workflows that wait, which is too many to be put in order; name one of them");
        }
        return lanes;
    }

    private EnqueuedWorkflow enqueued(Waiting waiting, Lane.Rank rank) {
        StoredWorkflow workflow = stores.workflows().find(waiting.workflowId());
        if (workflow == null) {
            throw new IllegalStateException(
                    "workflow " + waiting.workflowId() + " is in the backlog and nowhere else: the index does not fit");
        }
        WorkflowState state = QueryAnswerer.withoutOutput(ledger.published(workflow));
        boolean isNew = rank == Lane.Rank.NEW;
        // The places of those that were expedited do not follow the clock.
        long atMs = rank == Lane.Rank.EXPEDITED ? state.getUpdatedAtMs() : QueueOrder.atMs(waiting.order());
        return new EnqueuedWorkflow(state, isNew ? 1 : 0, waiting.priority(), waiting.order(), atMs);
    }

    QueuesAnswer statistics(GetQueues query, long nowMs) {
        Map<String, Integer> running = stores.owners().countsByQueue();
        Set<String> names = new TreeSet<>();
        if (query.getQueue() != null) {
            names.add(query.getQueue());
        } else {
            names.add(QueueRules.DEFAULT_QUEUE);
            queues.view().all().forEach(queue -> names.add(queue.getQueue()));
            queues.homes().declared().forEach(queue -> names.add(queue.getQueue()));
            queues.backlog().groups().forEach(group -> names.add(group.queue()));
            names.addAll(running.keySet());
        }
        List<QueueStatistics> found = new ArrayList<>();
        int bytes = 0;
        for (String name : names) {
            QueueStatistics statistics = statistics(name, running.getOrDefault(name, 0), nowMs);
            bytes += RecordSizes.of(statistics);
            if (bytes > MAX_BYTES) {
                throw new IllegalArgumentException("there are " + names.size() + " queues, and no more than the first "
                        + found.size() + " fit an answer of " + MAX_BYTES + " bytes; ask for one by its name");
            }
            found.add(statistics);
        }
        return new QueuesAnswer(found);
    }

    private QueueStatistics statistics(String queue, int running, long nowMs) {
        QueueStatistics statistics = new QueueStatistics();
        statistics.setQueue(queue);
        QueueSettings settings = queues.homes().settings(queue);
        statistics.setSettings(settings);
        for (Lane.Rank rank : Lane.Rank.values()) {
            statistics.setDepth(statistics.getDepth() + queues.backlog().size(new Backlog.Group(queue, rank)));
        }
        statistics.setRunning(running);
        statistics.setBegunLastMinute(queues.traffic().begunLastMinute(queue, nowMs));
        statistics.setEndedLastMinute(queues.traffic().endedLastMinute(queue, nowMs));
        OptionalLong oldest = oldest(queue);
        statistics.setOldestEnqueuedAtMs(oldest.isPresent() ? oldest.getAsLong() : null);
        if (settings != null) {
            statistics.setSlotsHeld(
                    QueueRules.hasLimits(settings) ? queues.homes().slotsHeld(queue) : null);
        }
        statistics.setWaitingFor(waitingFor(queue, nowMs));
        return statistics;
    }

    /** What holds back what waits: a limit, or that nobody can run the first of some lane. */
    private @Nullable String waitingFor(String queue, long nowMs) {
        String limit = queues.homes().heldBackBy(queue, nowMs);
        int looked = 0;
        for (Lane.Rank rank : Lane.Rank.values()) {
            for (Lane lane : queues.backlog().lanes(new Backlog.Group(queue, rank))) {
                if (limit != null || ++looked > MAX_LANES) {
                    return limit;
                }
                if (!queues.dispatcher().isServed(lane)) {
                    return queues.dispatcher().waitsFor(lane);
                }
            }
        }
        return limit;
    }

    private OptionalLong oldest(String queue) {
        long oldest = Long.MAX_VALUE;
        int looked = 0;
        for (Lane.Rank rank : List.of(Lane.Rank.BEGUN, Lane.Rank.NEW)) {
            for (Lane lane : queues.backlog().lanes(new Backlog.Group(queue, rank))) {
                Waiting first = ++looked > MAX_LANES ? null : queues.backlog().peek(lane);
                oldest = first == null
                        ? oldest
                        : Math.min(oldest, stores.backlog().oldestOrder(lane, first));
            }
        }
        return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(QueueOrder.atMs(oldest));
    }
}
