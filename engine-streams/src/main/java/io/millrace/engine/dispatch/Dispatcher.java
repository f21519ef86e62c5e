package io.millrace.engine.dispatch;

import io.millrace.schemas.Credit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Matches what waits in one partition with the workers that have credit there. It never hands out more than it was offered, and
 * nothing that the worker cannot run. Credit itself is not stored: workers repeat it, and the numbers of grants that are held are
 * restored from the owners' rows.
 */
public final class Dispatcher {
    /** How long a worker is not asked again for credit, in milliseconds. */
    private static final long ASK_PAUSE_MS = 100;

    /** How long nobody is asked for credit after workers have been looked at for it, in milliseconds. */
    private static final long LOOK_PAUSE_MS = 20;

    /** After how long a grant that the worker has not seen is sent again, in milliseconds. */
    private static final long REPEAT_AFTER_MS = 5_000;

    private final Workers workers;
    private final Backlog backlog;
    private final Map<String, CreditAccount> accounts = new HashMap<>();
    private final List<String> rotation = new ArrayList<>();
    private int next;
    private long lastLookAtMs = Long.MIN_VALUE / 2;

    /** A worker that is to run a workflow, and the number of the grant. */
    public record Assignment(String workerId, long number) {}

    /** A workflow that waited, and who is to run it. */
    public record Match(String workflowId, Lane lane, Assignment assignment) {}

    /** A dispatcher over the rows that wait now. */
    public Dispatcher(Workers workers, WaitingRows rows) {
        this.workers = workers;
        this.backlog = new Backlog(rows);
    }

    /** Takes note of a grant that a worker held before this dispatcher was made. */
    public void restoreGrant(String workerId, long number, String workflowId, long atMs) {
        account(workerId).restore(number, workflowId, atMs);
    }

    /** A worker reports its credit. */
    public void onCredit(String workerId, Credit credit) {
        account(workerId).report(credit);
    }

    /** The numbers of grants made to a worker so far. */
    public long granted(String workerId) {
        return account(workerId).granted();
    }

    /** A worker is gone, and its credit is void. */
    public void forget(String workerId) {
        accounts.remove(workerId);
        rotation.remove(workerId);
    }

    /**
     * Finds a worker for a workflow that has just become dispatchable, unless others of its lane wait already.
     *
     * @param preferred who ran it last, and may have it warm
     */
    public @Nullable Assignment place(Lane lane, String workflowId, @Nullable String preferred, long atMs) {
        if (backlog.size(lane) > 0) {
            return null;
        }
        if (preferred != null && accounts.containsKey(preferred) && isReady(preferred, lane)) {
            return grant(preferred, workflowId, atMs);
        }
        for (int i = 0; i < rotation.size(); i++) {
            next = next + 1 < rotation.size() ? next + 1 : 0;
            String workerId = rotation.get(next);
            if (isReady(workerId, lane)) {
                return grant(workerId, workflowId, atMs);
            }
        }
        return null;
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
        CreditAccount account = accounts.get(workerId);
        if (account == null || account.available() <= 0 || backlog.lanes().isEmpty()) {
            return null;
        }
        WorkerInfo info = workers.find(workerId);
        if (info == null || info.stopping()) {
            return null;
        }
        Lane lane = null;
        Waiting first = null;
        for (Lane candidate : backlog.lanes()) {
            Waiting head = info.canRun(candidate) ? backlog.first(candidate) : null;
            if (head != null && (first == null || head.compareTo(first) < 0)) {
                lane = candidate;
                first = head;
            }
        }
        return lane == null || first == null
                ? null
                : new Match(first.workflowId(), lane, grant(workerId, first.workflowId(), atMs));
    }

    /** The workers that have reported credit here, or been asked for it. */
    public List<String> workers() {
        return List.copyOf(rotation);
    }

    /** Asks workers that could run what waits, and have no credit here, for some: calls back with how much is wanted. */
    public void askForCredit(long atMs, ObjIntConsumer<String> ask) {
        if (backlog.lanes().isEmpty() || atMs - lastLookAtMs < LOOK_PAUSE_MS) {
            return;
        }
        lastLookAtMs = atMs;
        for (WorkerInfo worker : workers.alive()) {
            long wanted = 0;
            for (Lane lane : backlog.lanes()) {
                wanted += !worker.stopping() && worker.canRun(lane) ? backlog.size(lane) : 0;
            }
            CreditAccount account = wanted == 0 ? null : account(worker.id());
            if (account != null && account.available() == 0 && account.askNow(atMs, ASK_PAUSE_MS)) {
                ask.accept(worker.id(), (int) Math.min(wanted, Integer.MAX_VALUE));
            }
        }
    }

    /** Finds grants that their workers have not confirmed in time: calls back with worker and workflow. */
    public void findUnseenGrants(long atMs, BiConsumer<String, String> unseen) {
        accounts.forEach((workerId, account) -> account.takeOverdue(
                atMs - REPEAT_AFTER_MS, atMs, grant -> unseen.accept(workerId, grant.workflowId())));
    }

    /** What a workflow of this lane waits for, in words. */
    public String waitsFor(Lane lane) {
        boolean queueServed = false;
        boolean typeServed = false;
        for (WorkerInfo worker : workers.alive()) {
            if (worker.canRun(lane)) {
                return "a free slot of a worker on queue \"" + lane.queue() + "\"";
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

    private boolean isReady(String workerId, Lane lane) {
        if (accounts.get(workerId).available() <= 0) {
            return false;
        }
        WorkerInfo info = workers.find(workerId);
        return info != null && !info.stopping() && info.canRun(lane);
    }

    private Assignment grant(String workerId, String workflowId, long atMs) {
        return new Assignment(workerId, account(workerId).grant(workflowId, atMs));
    }

    private CreditAccount account(String workerId) {
        return accounts.computeIfAbsent(workerId, id -> {
            rotation.add(id);
            return new CreditAccount();
        });
    }
}
