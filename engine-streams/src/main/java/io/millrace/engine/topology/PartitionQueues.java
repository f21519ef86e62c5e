package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Backlog;
import io.millrace.engine.dispatch.Credits;
import io.millrace.engine.dispatch.Dispatcher;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.queue.QueueDeclarations;
import io.millrace.engine.queue.QueueDesk;
import io.millrace.engine.queue.QueueGate;
import io.millrace.engine.queue.QueueHomes;
import io.millrace.engine.queue.QueueQuestions;
import io.millrace.engine.queue.QueueRules;
import io.millrace.engine.queue.QueueTraffic;
import io.millrace.engine.queue.QueueView;
import io.millrace.engine.store.Indexes;
import io.millrace.engine.store.OwnerTable;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.Command;
import io.millrace.schemas.Credit;
import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.QueueMatch;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowBegun;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that one partition has to do with queues: the backlog and the credit that its two matchmakers share (the dispatcher for what waits here, the
 * homes of queues with limits), and the desk that tells other homes how the workflows of this partition stand.
 */
final class PartitionQueues {
    /** How often queues are looked to that have got limits, in milliseconds. */
    private static final long LIMITS_CHECK_MS = 200;

    private final PartitionStores stores;
    private final QueueView view;
    private final Credits credits;
    private final Backlog backlog;
    private final Dispatcher dispatcher;
    private final QueueDesk desk;
    private final QueueHomes homes;
    private final QueueQuestions questions;
    private final QueueGate gate;
    private final QueueDeclarations declarations;
    private final QueueTraffic traffic = new QueueTraffic();

    /** The revisions of the settings of queues with limits that the desk knows of. */
    private final Map<String, Long> limited = new HashMap<>();

    private long lastLimitsCheckMs;

    PartitionQueues(PartitionEngine.Surroundings around, PartitionStores stores, LongUnaryOperator order) {
        Outbound outbound = around.outbound();
        Partition partition = around.partition();
        this.stores = stores;
        this.view = around.queues();
        this.credits = new Credits(around.workers());
        this.backlog = new Backlog(stores.backlog());
        this.dispatcher = new Dispatcher(around.workers(), credits, backlog, this::hasLimits);
        this.desk = new QueueDesk(stores, view, outbound, backlog, order);
        this.homes = new QueueHomes(stores, credits, outbound, partition.number(), partition.count());
        this.questions = new QueueQuestions(view, outbound);
        this.gate = new QueueGate(stores.queues(), homes, outbound);
        this.declarations = new QueueDeclarations(homes, outbound);
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Backlog backlog() {
        return backlog;
    }

    QueueHomes homes() {
        return homes;
    }

    QueueTraffic traffic() {
        return traffic;
    }

    QueueView view() {
        return view;
    }

    void restoreGrants(long now) {
        List<Credits.Unseen> held = new ArrayList<>(homes.matches());
        for (OwnerTable.Owned owned : stores.owners().all()) {
            // Those of queues' credit are known to the queues.
            if (owned.grantNumber() > 0 && owned.creditPartition() == null) {
                held.add(new Credits.Unseen(owned.workerId(), owned.grantNumber(), owned.workflowId(), null));
            }
        }
        // As they were made: a worker's report confirms all up to a number.
        held.sort(Comparator.comparingLong(Credits.Unseen::number));
        held.forEach(grant -> credits.restore(grant, now));
    }

    /** Whether an eager start in this event names a queue with limits, which it must not go past. */
    boolean startsPastLimits(WorkerEvent event) {
        EagerlyStarted eager = event.getFacts().get(0).getEagerlyStarted();
        return eager != null && hasLimits(eager.getStart().getQueue());
    }

    /** Asks the queue's home, where that must be done before the command is decided on. */
    boolean mustAsk(
            String workflowId, Command command, @Nullable QueueAnswered answered, @Nullable StoredWorkflow workflow) {
        if (answered == null) {
            return questions.ask(workflowId, command, workflow);
        }
        boolean refused = answered.getObjection() != null || answered.getHolder() != null;
        return !refused && questions.askFurther(answered.getAsked(), workflow);
    }

    /** What a queue's home has told goes before what has come by the topic. */
    void onAnswered(QueueAnswered answered) {
        if (answered.getSettings() != null) {
            view.learn(answered.getSettings());
        }
    }

    /** The same for the start of a child. */
    boolean mustAsk(String workflowId, Transfer transfer, @Nullable StoredWorkflow workflow) {
        return questions.ask(workflowId, transfer.getFromWorkflowId(), transfer.getStartChild(), workflow);
    }

    /** What was asked about is decided. */
    void onDecided(QueueAnswered answered, @Nullable StoredWorkflow workflow) {
        if (answered.getObjection() == null && answered.getHolder() == null) {
            questions.onDecided(answered.getAsked(), workflow);
        }
    }

    void onChange(String workflowId, Indexes.Entry before, StoredWorkflow workflow, List<HistoryFact> facts, long now) {
        boolean closed = WorkflowMachine.closes(facts);
        count(workflow, facts, closed, now);
        if (closed) {
            questions.onClosed(workflow);
        }
        desk.onChange(workflowId, before, workflow, now);
    }

    private void count(StoredWorkflow workflow, List<HistoryFact> facts, boolean closed, long now) {
        String queue = workflow.getState().getQueue();
        for (HistoryFact fact : facts) {
            // A first grant is a beginning; later ones go on with what has begun.
            if (fact.getGranted() != null && workflow.getState().getStartedAtMs() == now) {
                traffic.begun(queue, now);
            }
        }
        if (closed) {
            traffic.ended(queue, now);
        }
    }

    /** Takes what is for a queue that is at home here; says whether it was that. */
    boolean onTransfer(String key, Transfer transfer, long now) {
        if (transfer.getQueueNews() != null) {
            homes.onNews(key, transfer.getQueueNews(), now);
        } else if (transfer.getQueueAsked() != null) {
            gate.onAsked(transfer.getQueueAsked());
        } else if (transfer.getDeduplicationIdFreed() != null) {
            gate.onFreed(key, transfer.getFromWorkflowId(), transfer.getDeduplicationIdFreed());
        } else {
            return false;
        }
        return true;
    }

    void onMatch(QueueMatch match, QueueDesk.Granting granting) {
        desk.onMatch(match, granting);
    }

    void onSettings(String queue, Command command, long now) {
        declarations.onCommand(queue, command, now);
    }

    void onCredit(String workerId, Credit credit, long now) {
        credits.onCredit(workerId, credit);
        homes.dispatchTo(workerId, now);
    }

    void onBegun(String workerId, WorkflowBegun begun, long now) {
        homes.onBegun(workerId, begun, now);
    }

    /** Whether a queue wants to hear from workers when its workflows begin, as far as is known here. */
    boolean countsBeginnings(String queue) {
        QueueSettings settings = view.find(queue);
        return settings != null && (settings.getRateLimit() != null || settings.getPartitionRateLimit() != null);
    }

    long granted(String workerId) {
        return credits.granted(workerId);
    }

    List<String> workers() {
        return credits.workers();
    }

    void forget(String workerId) {
        credits.forget(workerId);
    }

    /** Sends a grant again. */
    interface GrantAgain {
        /** Says whether there is such a grant. */
        boolean send(String workerId, String workflowId, long number);
    }

    void sendUnseenAgain(long now, GrantAgain own) {
        for (Credits.Unseen unseen : credits.takeUnseen(now)) {
            if (unseen.queue() == null) {
                own.send(unseen.workerId(), unseen.workflowId(), unseen.number());
            } else {
                homes.matchAgain(unseen);
            }
        }
    }

    void askForCredit(long now, Credits.Ask ask) {
        credits.askFor(worker -> dispatcher.waitingFor(worker) + homes.wantedOf(worker, now), now, ask);
    }

    void tick(long now) {
        homes.tick(now);
        if (now - lastLimitsCheckMs >= LIMITS_CHECK_MS) {
            lastLimitsCheckMs = now;
            lookForLimits(now);
        }
        desk.flush(now);
    }

    /**
     * A queue that had limits at the last look, and has other ones now, may have had none in between. After a start nothing is known of any: what
     * began before it may not have been counted.
     */
    private void lookForLimits(long now) {
        Set<String> anew = new HashSet<>();
        for (QueueSettings queue : view.all()) {
            if (!QueueRules.hasLimits(queue)) {
                limited.remove(queue.getQueue());
                continue;
            }
            Long before = limited.put(queue.getQueue(), queue.getRevision());
            if (before == null || queue.getRevision() - before > 1) {
                anew.add(queue.getQueue());
            }
        }
        if (!anew.isEmpty()) {
            desk.onLimited(anew, now);
        }
    }

    /** To be called before an input is done with: see {@link QueueDesk#flush}. */
    void flush(long now) {
        desk.flush(now);
    }

    private boolean hasLimits(String queue) {
        return QueueRules.hasLimits(view.find(queue));
    }
}
