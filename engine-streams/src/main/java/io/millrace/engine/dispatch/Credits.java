package io.millrace.engine.dispatch;

import io.millrace.schemas.Credit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What workers have offered one partition. All that dispatches there takes from it: the partition's own backlog, and the queues with
 * limits that are at home there. Credit itself is not stored: workers repeat it, and the numbers of grants that are held are restored
 * from what is stored of their owners.
 */
public final class Credits {
    /** How long a worker is not asked again for credit, in milliseconds. */
    private static final long ASK_PAUSE_MS = 100;

    /** How long nobody is asked for credit after workers have been looked at for it, in milliseconds. */
    private static final long LOOK_PAUSE_MS = 20;

    /** After how long a grant that the worker has not seen is sent again, in milliseconds. */
    private static final long REPEAT_AFTER_MS = 5_000;

    private final Workers workers;
    private final Map<String, CreditAccount> accounts = new HashMap<>();
    private final List<String> rotation = new ArrayList<>();
    private int next;
    private long lastLookAtMs = Long.MIN_VALUE / 2;

    /**
     * A grant that its worker has not confirmed in time.
     *
     * @param queue the queue with limits that made it, or null where the workflow's own partition did
     */
    public record Unseen(
            String workerId,
            long number,
            String workflowId,
            @Nullable String queue) {}

    /** Called with a worker, and how much credit is wanted of it. */
    public interface Ask {
        /** Asks it. */
        void ask(String workerId, int wanted);
    }

    /** No credit yet. */
    public Credits(Workers workers) {
        this.workers = workers;
    }

    /** Takes note of a grant that a worker held before. In the order of the numbers of a worker. */
    public void restore(Unseen grant, long atMs) {
        account(grant.workerId())
                .restore(new CreditAccount.Outstanding(grant.number(), grant.workflowId(), grant.queue(), atMs));
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

    /** The workers that have reported credit here, or been asked for it. */
    public List<String> workers() {
        return List.copyOf(rotation);
    }

    /** A worker that has credit, takes workflows and is alive; else null. */
    public @Nullable WorkerInfo ready(String workerId) {
        CreditAccount account = accounts.get(workerId);
        if (account == null || account.available() <= 0) {
            return null;
        }
        WorkerInfo info = workers.find(workerId);
        return info == null || info.stopping() ? null : info;
    }

    /** The next worker in turn that has credit and can run the lane; else null. */
    @Nullable
    String nextReadyFor(Lane lane) {
        for (int i = 0; i < rotation.size(); i++) {
            next = next + 1 < rotation.size() ? next + 1 : 0;
            WorkerInfo info = ready(rotation.get(next));
            if (info != null && info.canRun(lane)) {
                return info.id();
            }
        }
        return null;
    }

    /** Takes one of a worker's credit, and numbers the grant. */
    public long grant(String workerId, String workflowId, @Nullable String queue, long atMs) {
        return account(workerId).grant(workflowId, queue, atMs);
    }

    /** Asks workers that have no credit here, and for which something waits, for some. */
    public void askFor(ToLongFunction<WorkerInfo> waitingFor, long atMs, Ask ask) {
        if (atMs - lastLookAtMs < LOOK_PAUSE_MS) {
            return;
        }
        lastLookAtMs = atMs;
        for (WorkerInfo worker : workers.alive()) {
            // First what costs nothing: what waits for a worker is counted over queues and keys, of which there may be
            // thousands.
            boolean mayBeAsked = !worker.stopping() && mayBeAsked(worker.id(), atMs);
            long wanted = mayBeAsked ? waitingFor.applyAsLong(worker) : 0;
            if (wanted > 0) {
                account(worker.id()).asked(atMs);
                ask.ask(worker.id(), (int) Math.min(wanted, Integer.MAX_VALUE));
            }
        }
    }

    private boolean mayBeAsked(String workerId, long atMs) {
        CreditAccount known = accounts.get(workerId);
        return known == null || (known.available() == 0 && known.mayBeAsked(atMs, ASK_PAUSE_MS));
    }

    /** Takes the grants that their workers have not confirmed in time: each is to be sent again. */
    public List<Unseen> takeUnseen(long atMs) {
        List<Unseen> unseen = new ArrayList<>();
        accounts.forEach((workerId, account) -> account.takeOverdue(
                atMs - REPEAT_AFTER_MS,
                atMs,
                grant -> unseen.add(new Unseen(workerId, grant.number(), grant.workflowId(), grant.queue()))));
        return unseen;
    }

    private CreditAccount account(String workerId) {
        return accounts.computeIfAbsent(workerId, id -> {
            rotation.add(id);
            return new CreditAccount();
        });
    }
}
