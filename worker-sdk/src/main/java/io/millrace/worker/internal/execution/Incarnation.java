package io.millrace.worker.internal.execution;

import io.millrace.schemas.Command;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowBegun;
import io.millrace.tracing.internal.Tracing;
import io.millrace.worker.EagerRun;
import io.millrace.worker.EagerStart;
import io.millrace.worker.WorkerObserver;
import io.millrace.worker.internal.replay.GrantParts;
import io.millrace.worker.internal.replay.Journal;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker under one id: from its first heartbeat until it closes, or until it is lost, because its lease lapsed or a send failed. What
 * is lost does not come back; the {@link WorkerRuntime} begins anew under another id.
 */
final class Incarnation implements ExecutionHost, WorkerTransport.InboxReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(Incarnation.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Longer than a thread on a busy machine is kept from its next line, as a rule, and short beside the periods of rate limits. */
    private static final Duration BEGUN_AFTER = Duration.ofMillis(20);

    private final String workerId;
    private final WorkerCode code;
    private final WorkerEnvironment environment;
    private final WorkerSettings settings;
    private final WorkerTransport transport;
    private final Heartbeats heartbeats;
    private final CreditDesk credit;
    private final ExecutionTraces traces;
    private final Flusher flusher;
    private final BiConsumer<Incarnation, String> onLost;
    private final PendingSends pending = new PendingSends();
    private final InboxCheck inboxCheck;
    private final GrantParts parts = new GrantParts();
    private final Executions executions = new Executions();
    private final Queue<Runnable> waitingForSlot = new ConcurrentLinkedQueue<>();
    private final EagerStarts eagerStarts;
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean closing;
    private volatile boolean ready;

    /** What a worker runs, how values become payloads, and where its spans go. */
    record WorkerCode(WorkflowRegistry registry, Payloads payloads, Tracing tracing) {}

    /**
     * Not begun.
     *
     * @param onLost called at most once, with this and the reason; may be called from any thread, and must not block
     */
    Incarnation(
            Heartbeats heartbeats,
            WorkerCode code,
            WorkerSettings settings,
            Connection connection,
            BiConsumer<Incarnation, String> onLost) {
        this.workerId = connection.workerId();
        this.code = code;
        this.environment = connection.environment();
        this.settings = settings;
        this.transport = connection.transport();
        this.heartbeats = heartbeats;
        this.onLost = onLost;
        this.traces = new ExecutionTraces(code.tracing(), workerId, settings.applicationVersion());
        this.flusher = new Flusher(environment.clock());
        this.eagerStarts = new EagerStarts(this, code.registry(), settings, executions, this::eagerOutbox);
        CreditLedger slots = new CreditLedger(settings.slots(), transport.partitions(), workerId.hashCode());
        this.credit = new CreditDesk(workerId, slots, environment.clock(), this::send, this::beginWaiting);
        this.inboxCheck = new InboxCheck(transport, credit);
    }

    /** The id, and what it is connected with. */
    record Connection(String workerId, WorkerEnvironment environment, WorkerTransport transport) {}

    String workerId() {
        return workerId;
    }

    /** Whether it ever could be granted work. */
    boolean wasReady() {
        return ready;
    }

    /**
     * Begins: inbox, heartbeat and queues, credit, in this order.
     *
     * @param lostIds ids that are to be forgotten; taken out when they are
     * @return ends when the worker can be granted work
     */
    CompletableFuture<Void> begin(Set<String> lostIds) {
        transport.openInbox(workerId, this);
        for (String lostId : lostIds) {
            transport.sendHeartbeat(lostId, null).thenRun(() -> lostIds.remove(lostId));
        }
        heartbeats.keepBeating(credit::offerAll, () -> lose("its lease has lapsed"));
        // Before any credit: what is granted for it should be granted within the limits that the code declares.
        CompletableFuture<Void> declared = declareQueues();
        return watched(heartbeats
                .beat()
                .thenCombine(declared, (beat, queues) -> beat)
                .thenRun(() -> {
                    credit.offerAll();
                    ready = true;
                    settings.observer().ready(settings.slots(), settings.eagerSlots());
                }));
    }

    /** Ends when the declarations are on record; how the engine takes them is not waited for. */
    private CompletableFuture<Void> declareQueues() {
        List<Command> declarations =
                settings.queues().declarations(workerId, environment.clock().wallMs());
        return CompletableFuture.allOf(declarations.stream()
                .map(declaration -> transport.sendCommand(
                        declaration.getSetQueue().getSettings().getQueue(), declaration))
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public void onMessage(InboxMessage message) {
        try {
            inboxCheck.requirePossible(message);
        } catch (IllegalArgumentException e) {
            // Not to be lost by it: whoever sent it could send one to each id that the worker takes.
            LOG.warn("A message to {} that no engine has sent is passed by: {}", workerId, e.getMessage());
            return;
        }
        take(message);
    }

    private void take(InboxMessage message) {
        if (message.getGrant() != null) {
            parts.add(message.getGrant()).ifPresent(this::onGrant);
        } else if (message.getCreditWanted() != null) {
            credit.want(
                    message.getCreditWanted().getPartition(),
                    message.getCreditWanted().getWanted());
        } else if (message.getCreditSettled() != null) {
            credit.settled(
                    message.getCreditSettled().getPartition(),
                    message.getCreditSettled().getGranted());
        } else if (message.getGrantVoid() != null) {
            credit.voided(
                    message.getGrantVoid().getPartition(),
                    message.getGrantVoid().getNumber());
        } else {
            executions.onMessage(message);
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        lose("its inbox failed: " + cause);
    }

    private void onGrant(Grant grant) {
        int creditPartition = InboxCheck.creditPartition(grant);
        ExecutionName name = new ExecutionName(grant.getWorkflowId(), grant.getEpoch());
        if (lost.get() || !executions.isNews(name)) {
            credit.refuse(creditPartition, grant.getNumber());
            return;
        }
        Optional<WorkflowRegistry.Registered> workflow = code.registry().find(grant.getWorkflowType());
        if (closing || workflow.isEmpty()) {
            Execution refused = new Execution(
                    name, grant.getWorkflowType(), this, outbox(name, grant.getPartition()), new Slot.None());
            credit.refuse(creditPartition, grant.getNumber());
            refused.release(closing ? "the worker closes" : "the worker has no type " + grant.getWorkflowType());
            return;
        }
        Slot slot = new Slot.Granted(credit, creditPartition);
        Execution execution =
                new Execution(name, grant.getWorkflowType(), this, outbox(name, grant.getPartition()), slot);
        if (grant.getCancel() != null) {
            execution.cancelRequest().request(grant.getCancel());
        }
        executions.replace(execution);
        WorkflowRun run = new WorkflowRun(
                execution,
                Assignment.of(grant),
                workflow.get(),
                () -> new Journal(grant.getSteps(), grant.getValues()));
        Runnable begin = grant.getTellBegan() ? () -> tellBegunAndRun(grant, run) : run;
        if (credit.take(creditPartition, grant.getNumber(), () -> waitingForSlot.add(begin))) {
            environment.threads().workflows().execute(begin);
        }
    }

    /** Told a moment after the thread has come to the code: a rate limit must not count from before its first line, also where the thread has to wait there. */
    private void tellBegunAndRun(Grant grant, WorkflowRun run) {
        WorkflowBegun begun = new WorkflowBegun(grant.getQueue(), grant.getWorkflowId(), grant.getNumber());
        environment.clock().schedule(BEGUN_AFTER, () -> {
            if (!lost.get()) {
                send(
                        InboxCheck.creditPartition(grant),
                        workerId,
                        new WorkerEvent(workerId, 0L, List.of(), null, begun));
            }
        });
        run.run();
    }

    private void beginWaiting() {
        Runnable next = waitingForSlot.poll();
        if (next != null) {
            environment.threads().workflows().execute(next);
        }
    }

    /** See {@link io.millrace.worker.EagerStarter}. */
    Optional<EagerRun> tryStart(EagerStart request) {
        boolean open = ready && permission() == Permission.GRANTED;
        return open ? eagerStarts.tryStart(request) : Optional.empty();
    }

    private Outbox eagerOutbox(ExecutionName name) {
        return outbox(name, transport.partitionOf(name.workflowId()));
    }

    private Outbox outbox(ExecutionName name, int partition) {
        return new Outbox(name, workerId, partition, this::send, flusher);
    }

    private CompletableFuture<Void> send(int partition, String key, WorkerEvent event) {
        settings.observer().recordSent();
        return watched(transport
                .sendEvent(partition, key, event)
                .whenComplete((ok, error) -> settings.observer().recordAcknowledged(error == null)));
    }

    /** A record that does not get through leaves the engine with less than this worker believes: both begin anew. */
    private CompletableFuture<Void> watched(CompletableFuture<Void> sent) {
        return pending.watch(sent.whenComplete((ok, error) -> {
            if (error != null) {
                Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                lose("a record could not be sent: " + cause);
            }
        }));
    }

    @Override
    public Permission permission() {
        if (lost.get()) {
            return Permission.LAPSED;
        }
        if (!heartbeats.leaseHeld()) {
            lose("its lease has lapsed");
            return Permission.LAPSED;
        }
        return closing ? Permission.CLOSING : Permission.GRANTED;
    }

    @Override
    public WorkerEnvironment environment() {
        return environment;
    }

    @Override
    public Payloads payloads() {
        return code.payloads();
    }

    @Override
    public ExecutionTraces traces() {
        return traces;
    }

    @Override
    public WorkerObserver observer() {
        return settings.observer();
    }

    @Override
    public void ended(Execution execution, Ending ending) {
        executions.ended(execution, ending);
    }

    private void lose(String reason) {
        if (lost.compareAndSet(false, true)) {
            heartbeats.stop();
            settings.observer().leaseLost();
            onLost.accept(this, reason);
        }
    }

    /** Lets go of everything without a word; nothing of this incarnation is sent any more. */
    void abandon(String reason) {
        lost.set(true);
        heartbeats.stop();
        executions.all().forEach(execution -> execution.abandon(reason));
        transport.close(Duration.ZERO);
    }

    /** Leaves in order: running steps may end within the grace, and everything that is then still there is given back. */
    void close() {
        closing = true;
        heartbeats.announceStopping();
        credit.stop();
        executions.all().forEach(execution -> execution.waits().drain());
        awaitAtMost(executions.none(), settings.shutdownGrace());
        executions.all().forEach(execution -> execution.release("the worker closes"));
        // The farewell is another topic's record: should the engine read it
        // first, it would give away what has just ended.
        awaitAtMost(pending.none(), FAREWELL);
        heartbeats.stop();
        lost.set(true);
        awaitAtMost(heartbeats.sayGoodbye(), FAREWELL);
        transport.close(FAREWELL);
    }

    private void awaitAtMost(CompletableFuture<Void> end, Duration longest) {
        CompletableFuture<Void> late = new CompletableFuture<>();
        WorkerClock.Timer timer = environment.clock().schedule(longest, () -> late.complete(null));
        end.exceptionally(error -> null).acceptEither(late, done -> {}).join();
        timer.cancel();
    }
}
