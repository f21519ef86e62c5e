package io.millrace.engine.dispatch;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Matches what waits in one partition with the workers that have credit there: all but the workflows of queues with limits, which
 * are matched at their queue's home. It never hands out more than it was offered, and nothing that the worker cannot run.
 */
public final class Dispatcher {
    private final Workers workers;
    private final Credits credits;
    private final Backlog backlog;
    private final Predicate<String> hasLimits;

    /** A worker that is to run a workflow, and the number of the grant. */
    public record Assignment(String workerId, long number) {}

    /** A workflow that waited, and who is to run it. */
    public record Match(String workflowId, Lane lane, Assignment assignment) {}

    /**
     * A dispatcher over a backlog.
     *
     * @param hasLimits whether a queue's workflows are matched at its home, by the name of the queue
     */
    public Dispatcher(Workers workers, Credits credits, Backlog backlog, Predicate<String> hasLimits) {
        this.workers = workers;
        this.credits = credits;
        this.backlog = backlog;
        this.hasLimits = hasLimits;
    }

    /**
     * Finds a worker for a workflow that has just become dispatchable, unless others of its lane wait already.
     *
     * @param preferred who ran it last, and may have it warm
     */
    public @Nullable Assignment place(Lane lane, String workflowId, @Nullable String preferred, long atMs) {
        if (backlog.size(lane) > 0 || !isMatchedHere(Backlog.Group.of(lane))) {
            return null;
        }
        WorkerInfo last = preferred == null ? null : credits.ready(preferred);
        String workerId = last != null && last.canRun(lane) ? last.id() : credits.nextReadyFor(lane);
        return workerId == null ? null : grant(workerId, workflowId, atMs);
    }

    /** A row was added to the backlog. */
    public void onWaiting(Lane lane, Waiting waiting) {
        backlog.add(lane, waiting);
    }

    /** A row was removed from the backlog. */
    public void onWaitingNoMore(Lane lane, Waiting waiting) {
        backlog.remove(lane, waiting);
    }

    /** The next match for a worker, or null where it has no credit or nothing waits that it can run. */
    public @Nullable Match nextFor(String workerId, long atMs) {
        WorkerInfo info = backlog.groups().isEmpty() ? null : credits.ready(workerId);
        if (info == null) {
            return null;
        }
        Lane lane = null;
        Waiting first = null;
        for (Backlog.Group group : backlog.groups()) {
            if (!info.queues().contains(group.queue()) || !isMatchedHere(group)) {
                continue;
            }
            for (Lane candidate : backlog.lanes(group)) {
                Waiting head = info.canRun(candidate) ? backlog.first(candidate) : null;
                if (head != null && (lane == null || first == null || isBefore(candidate, head, lane, first))) {
                    lane = candidate;
                    first = head;
                }
            }
        }
        return lane == null || first == null
                ? null
                : new Match(first.workflowId(), lane, grant(workerId, first.workflowId(), atMs));
    }

    /** How many wait here, to be matched here, that a worker could run. */
    public long waitingFor(WorkerInfo worker) {
        long waiting = 0;
        for (Backlog.Group group : backlog.groups()) {
            if (worker.queues().contains(group.queue()) && isMatchedHere(group)) {
                for (Lane lane : backlog.lanes(group)) {
                    waiting += worker.canRun(lane) ? backlog.size(lane) : 0;
                }
            }
        }
        return waiting;
    }

    /** Whether there is a worker, with room or without, that can run workflows of this lane. */
    public boolean isServed(Lane lane) {
        for (WorkerInfo worker : workers.alive()) {
            if (worker.canRun(lane)) {
                return true;
            }
        }
        return false;
    }

    /** What a workflow of this lane waits for, in words. */
    public String waitsFor(Lane lane) {
        boolean queueServed = false;
        boolean typeServed = false;
        for (WorkerInfo worker : workers.alive()) {
            if (worker.canRun(lane)) {
                return isMatchedHere(Backlog.Group.of(lane))
                        ? "a free slot of a worker on queue \"" + lane.queue() + "\""
                        : "its turn on queue \"" + lane.queue() + "\"";
            }
            boolean onQueue = worker.queues().contains(lane.queue());
            queueServed |= onQueue;
            typeServed |= onQueue && worker.workflowTypes().contains(lane.workflowType());
        }
        if (!queueServed) {
            return "a worker on queue \"" + lane.queue() + "\": none is alive";
        }
        String type =
                "a worker on queue \"" + lane.queue() + "\" that has workflow type \"" + lane.workflowType() + "\"";
        return typeServed
                ? type + " in application version \"" + lane.applicationVersion() + "\": none is alive"
                : type + ": none is alive";
    }

    private static boolean isBefore(Lane lane, Waiting waiting, Lane otherLane, Waiting other) {
        int byRank = lane.rank().compareTo(otherLane.rank());
        return byRank != 0 ? byRank < 0 : waiting.compareTo(other) < 0;
    }

    private boolean isMatchedHere(Backlog.Group group) {
        return group.rank() == Lane.Rank.EXPEDITED || !hasLimits.test(group.queue());
    }

    private Assignment grant(String workerId, String workflowId, long atMs) {
        return new Assignment(workerId, credits.grant(workerId, workflowId, null, atMs));
    }
}
