package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Reports;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.Credit;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.schemas.WorkflowBegun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A worker that keeps to docs/protocol.md in what it says of credit, and whose workflows do something or other. */
final class LivingWorker {
    private static final long LEASE_MS = 1_500;
    private static final int MOST_STEPS = 6;

    private final String id;
    private final int slots;
    private final List<String> queues;
    private final LivingQueues cluster;
    private final Seeded chance;
    private final Share[] shares = new Share[LivingQueues.PARTITIONS];
    private final Deque<InboxMessage> inbox = new ArrayDeque<>();
    private final Map<String, Execution> running = new TreeMap<>();
    private final Deque<Execution> waiting = new ArrayDeque<>();
    private boolean stopping;

    /** One partition's part of the slots. */
    private static final class Share {
        private int offered;
        private int withdrawn;
        private long settledAt = Long.MAX_VALUE;

        /** A withdrawal was announced, and the answer is not there: the answers to two look alike. */
        private boolean unsettled;

        private long seenUpTo;
        private final TreeSet<Long> seenAhead = new TreeSet<>();
        private int wanted;

        @Override
        public String toString() {
            return offered + " (" + withdrawn + " withdrawn) behind " + seenUpTo + seenAhead;
        }

        /** Grants of queues come in any order: what counts is the number up to which none is missing. */
        boolean see(long number) {
            if (number <= seenUpTo || !seenAhead.add(number)) {
                return false;
            }
            while (seenAhead.remove(seenUpTo + 1)) {
                seenUpTo++;
            }
            if (offered > 0) {
                offered--;
            } else if (withdrawn > 0) {
                withdrawn--;
            }
            wanted = Math.max(0, wanted - 1);
            return true;
        }
    }

    private static final class Execution {
        private final String workflowId;
        private final long epoch;
        private int steps;
        private boolean cancelled;
        private boolean paused;
        private final boolean eager;
        private boolean isChild;

        private Execution(String workflowId, long epoch, int steps, boolean eager) {
            this.workflowId = workflowId;
            this.epoch = epoch;
            this.steps = steps;
            this.eager = eager;
        }
    }

    LivingWorker(String id, int slots, List<String> queues, LivingQueues cluster) {
        this.id = id;
        this.slots = slots;
        this.queues = queues;
        this.cluster = cluster;
        this.chance = cluster.chance();
        for (int partition = 0; partition < shares.length; partition++) {
            shares[partition] = new Share();
        }
    }

    String id() {
        return id;
    }

    void begin() {
        heartbeat();
        offerIdle();
        for (int partition = 0; partition < shares.length; partition++) {
            report(partition, false);
        }
    }

    void heartbeat() {
        WorkerHeartbeat heartbeat = WorkerHeartbeat.newBuilder(Samples.heartbeat("demo"))
                .setQueues(queues)
                .setLeaseMs(LEASE_MS)
                .setStopping(stopping)
                .build();
        cluster.partitions().forEach(partition -> partition.leases().onHeartbeat(id, heartbeat));
    }

    void reportAll() {
        for (int partition = 0; partition < shares.length; partition++) {
            // Where nothing is lost an answer will come, and a second one could be taken for that to a later question.
            report(partition, shares[partition].withdrawn > 0 && !cluster.laws().isUndisturbed());
        }
    }

    /** It takes no more, and gives back what it has. */
    void leave() {
        stopping = true;
        heartbeat();
        for (Execution execution : List.copyOf(running.values())) {
            end(execution, Samples.released());
        }
        waiting.clear();
        cluster.partitions().forEach(partition -> partition.leases().onGoodbye(id));
    }

    void arrives(InboxMessage message) {
        inbox.addLast(message);
    }

    boolean hasMail() {
        return !inbox.isEmpty();
    }

    void read() {
        InboxMessage message = inbox.pollFirst();
        if (message == null) {
            return;
        }
        if (message.getGrant() != null) {
            onGrant(message.getGrant());
        } else if (message.getGrantVoid() != null) {
            shares[message.getGrantVoid().getPartition()].see(
                    message.getGrantVoid().getNumber());
        } else if (message.getRevoked() != null) {
            forget(message.getRevoked().getWorkflowId(), message.getRevoked().getEpoch());
        } else if (message.getCancelRequested() != null) {
            Execution execution = running.get(message.getCancelRequested().getWorkflowId());
            if (execution != null) {
                execution.cancelled = true;
            }
        } else if (message.getPauseChanged() != null) {
            Execution execution = running.get(message.getPauseChanged().getWorkflowId());
            if (execution != null) {
                execution.paused = message.getPauseChanged().getPaused();
            }
        } else if (message.getCreditWanted() != null) {
            onWanted(
                    message.getCreditWanted().getPartition(),
                    message.getCreditWanted().getWanted());
        } else if (message.getCreditSettled() != null) {
            Share share = shares[message.getCreditSettled().getPartition()];
            share.unsettled = false;
            share.settledAt = share.withdrawn > 0 ? message.getCreditSettled().getGranted() : Long.MAX_VALUE;
        }
        settle();
        beginThoseThatWait();
        offerIdle();
    }

    private void onGrant(Grant grant) {
        int partition = grant.getCreditPartition() == null ? grant.getPartition() : grant.getCreditPartition();
        Share share = shares[partition];
        boolean hadRoom = share.offered + share.withdrawn > 0;
        boolean isNew = share.see(grant.getNumber());
        // A number that an aborted transaction gave away, or that was given away before a partition's engine was
        // another one, may be used again.
        assertTrue(
                hadRoom || !isNew || !cluster.laws().isUndisturbed(),
                () -> id + " is granted more than it has offered: " + grant);
        Execution known = running.get(grant.getWorkflowId());
        boolean repeated = known != null && known.epoch >= grant.getEpoch();
        repeated |= waiting.stream()
                .anyMatch(each -> each.workflowId.equals(grant.getWorkflowId()) && each.epoch >= grant.getEpoch());
        if (repeated || stopping) {
            return;
        }
        forget(grant.getWorkflowId(), grant.getEpoch());
        int steps = (int) grant.getSteps().stream()
                .filter(step -> step.getCompletedAtMs() != null)
                .count();
        Execution execution = new Execution(grant.getWorkflowId(), grant.getEpoch(), steps, false);
        execution.cancelled = grant.getCancel() != null;
        execution.isChild = grant.getQueue().equals(QueueLife.CHILDREN);
        waiting.addLast(execution);
        if (grant.getTellBegan()) {
            WorkflowBegun begun = new WorkflowBegun(grant.getQueue(), grant.getWorkflowId(), grant.getNumber());
            cluster.event(partition, id, new WorkerEvent(id, 0L, List.of(), null, begun));
        }
        assertTrue(
                used() <= slots || !cluster.laws().isUndisturbed(),
                () -> id + " has " + slots + " slots and " + used() + " workflows");
    }

    /**
     * The engine says that it is not the worker's, or is so under another epoch. That may be aborted, and not come again where inputs are taken in
     * another order then; so it is given back, in case it is the worker's after all. (The SDK does not do so yet, and such a workflow rests for as long
     * as that worker lives; that is so whatever its queue, and not looked for here.)
     */
    private void forget(String workflowId, long epoch) {
        List<Execution> dropped = new ArrayList<>();
        Execution execution = running.get(workflowId);
        if (execution != null && execution.epoch <= epoch) {
            dropped.add(running.remove(workflowId));
        }
        for (Execution each : List.copyOf(waiting)) {
            if (each.workflowId.equals(workflowId) && each.epoch <= epoch) {
                waiting.remove(each);
                dropped.add(each);
            }
        }
        dropped.forEach(each -> send(each, Samples.released()));
    }

    private int used() {
        return waiting.size()
                + (int) running.values().stream().filter(each -> !each.eager).count();
    }

    private void beginThoseThatWait() {
        while (!waiting.isEmpty() && used() - waiting.size() < slots) {
            Execution next = waiting.removeFirst();
            running.put(next.workflowId, next);
        }
    }

    private void onWanted(int partition, int wanted) {
        shares[partition].wanted = wanted;
        if (idle() > 0 || shares[partition].offered > 0) {
            report(partition, false);
            return;
        }
        int donor = chance.below(shares.length);
        Share share = shares[donor];
        if (donor != partition && share.offered > 0 && share.withdrawn == 0 && !share.unsettled) {
            share.withdrawn = share.offered;
            share.offered = 0;
            share.settledAt = Long.MAX_VALUE;
            share.unsettled = true;
            report(donor, true);
        }
    }

    private void settle() {
        for (Share share : shares) {
            if (share.settledAt <= share.seenUpTo) {
                share.withdrawn = 0;
                share.settledAt = Long.MAX_VALUE;
            }
        }
    }

    private int idle() {
        int offered = Arrays.stream(shares)
                .mapToInt(share -> share.offered + share.withdrawn)
                .sum();
        return slots - used() - offered;
    }

    private void offerIdle() {
        for (int left = idle(); left > 0; left--) {
            List<Integer> wanting = new ArrayList<>();
            for (int partition = 0; partition < shares.length; partition++) {
                if (shares[partition].wanted > shares[partition].offered) {
                    wanting.add(partition);
                }
            }
            int partition = wanting.isEmpty() ? chance.below(shares.length) : chance.oneOf(wanting);
            shares[partition].offered++;
            report(partition, false);
        }
    }

    private void report(int partition, boolean settle) {
        cluster.event(partition, id, new WorkerEvent(id, 0L, List.of(), credit(partition, settle), null));
    }

    /** What it has at the moment up to which no number is missing: what has come beyond that, had not come then. */
    private Credit credit(int partition, boolean settle) {
        Share share = shares[partition];
        int free = stopping ? 0 : share.offered + share.seenAhead.size();
        return new Credit(share.seenUpTo, free, settle);
    }

    private void send(Execution execution, WorkerFact... facts) {
        int partition = LivingQueues.home(execution.workflowId);
        cluster.event(
                partition,
                execution.workflowId,
                new WorkerEvent(id, execution.epoch, List.of(facts), credit(partition, false), null));
    }

    private void end(Execution execution, WorkerFact... facts) {
        running.remove(execution.workflowId);
        beginThoseThatWait();
        send(execution, facts);
        offerIdle();
    }

    /** One of its workflows does something. */
    void work(boolean inEarnest) {
        if (running.isEmpty()) {
            return;
        }
        Execution execution = chance.oneOf(List.copyOf(running.values()));
        if (execution.paused) {
            end(execution, Samples.released());
        } else if (execution.cancelled) {
            end(execution, Reports.surfaced(execution.steps, 1), Reports.cancelled(execution.steps));
        } else if (inEarnest || execution.isChild || execution.steps >= MOST_STEPS) {
            end(execution, Samples.completed(execution.steps));
        } else {
            step(execution);
        }
    }

    private void step(Execution execution) {
        int next = execution.steps + 1;
        long dueAtMs = cluster.now() + chance.below(600);
        switch (chance.below(12)) {
            case 0, 1, 2, 3 -> {
                execution.steps = next;
                send(execution, Samples.stepCompleted(next));
            }
            case 4, 5 -> end(execution, Samples.sleepStarted(next, dueAtMs), Samples.parked(next, dueAtMs));
            case 6 -> end(execution, Samples.failed(execution.steps));
            case 7 -> end(execution, Samples.released());
            case 8 -> end(execution, childStarted(execution, next), Samples.parked(next, Long.MAX_VALUE));
            default -> end(execution, Samples.completed(execution.steps));
        }
    }

    /** On a queue that no parent of it waits on: a child that waits for its parent's slot would wait for ever. */
    private WorkerFact childStarted(Execution execution, int seq) {
        Start start = Samples.demo();
        start.setQueue(chance.percent(90) ? QueueLife.CHILDREN : "unknown");
        WorkerFact fact = new WorkerFact();
        fact.setChildStarted(new ChildStarted(
                seq, execution.workflowId + "/" + seq + "." + execution.epoch, start, ParentClosePolicy.ABANDON, 1L));
        return fact;
    }

    /** Starts one without asking anybody. */
    void startEagerly(String workflowId, Start start) {
        Execution execution = new Execution(workflowId, 1, 0, true);
        if (!running.containsKey(workflowId)) {
            running.put(workflowId, execution);
            send(execution, Samples.eagerlyStarted(start));
        }
    }

    /** Whether all numbers that partitions gave away have come, and all slots are offered or in use. */
    void mustHaveAllItsCredit() {
        for (int partition = 0; partition < shares.length; partition++) {
            int number = partition;
            assertTrue(
                    shares[partition].seenAhead.isEmpty(),
                    () -> id + " misses a grant of partition " + number + " behind " + shares[number].seenUpTo
                            + ", and has " + shares[number].seenAhead);
        }
    }

    @Override
    public String toString() {
        return id + queues + " runs " + running.keySet() + ", and offers " + Arrays.toString(shares);
    }
}
