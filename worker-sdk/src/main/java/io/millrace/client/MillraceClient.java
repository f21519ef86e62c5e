package io.millrace.client;

import io.millrace.payload.PayloadException;
import io.millrace.payload.TypeRef;
import io.millrace.schemas.Limits;
import io.millrace.schemas.WorkflowState;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts workflows, looks at them and commands them: one by one through their {@link WorkflowHandle}s, or {@linkplain #bulk many at once}.
 *
 * <p>Make one for each process and close it at the end: it holds a Kafka producer and a consumer with its thread, and serves
 * any number of threads. Calls that wait throw {@link EngineUnavailableException} when Kafka or the engine does not answer within
 * the request timeout, and {@link MillraceException} when their thread is interrupted, which it stays. The futures of the
 * asynchronous calls complete on the callback executor, exceptionally with the same exceptions.
 *
 * <pre>{@code
 * try (MillraceClient client = MillraceClient.connect("localhost:9092")) {
 *     WorkflowHandle<Receipt> checkout =
 *             client.start("checkout", order, Receipt.class, StartOptions.workflowId("order-17").queue("shop"));
 *     Receipt receipt = checkout.result();
 * }
 * }</pre>
 */
public final class MillraceClient implements AutoCloseable {
    static final Duration WITHOUT_LIMIT = Duration.ofDays(36_500);

    private final EngineConnection connection;
    private final Payloads payloads;
    private final Duration requestTimeout;
    private final Executor callbacks;
    private final Timing timing;
    private final CommandSender commands;
    private final WorkflowQueries queries;
    private final UntilKnown untilKnown;
    private final StartSpans spans;
    private final WorkflowStarts starts;
    private final Queues queues;

    MillraceClient(EngineConnection connection, MillraceClientBuilder settings) {
        this.connection = connection;
        this.payloads = new Payloads(settings.codec);
        this.requestTimeout = settings.requestTimeout;
        this.callbacks = settings.callbackExecutor;
        this.timing = settings.timing;
        this.commands = new CommandSender(connection, settings);
        this.queries = new WorkflowQueries(connection, settings);
        this.untilKnown = new UntilKnown(requestTimeout, timing);
        this.spans = new StartSpans(settings.openTelemetry);
        this.starts = new WorkflowStarts(connection, settings, this);
        this.queues = new Queues(connection, settings, commands);
    }

    private MillraceClient(MillraceClient original, String issuer) {
        this.connection = original.connection;
        this.payloads = original.payloads;
        this.requestTimeout = original.requestTimeout;
        this.callbacks = original.callbacks;
        this.timing = original.timing;
        this.queries = original.queries;
        this.untilKnown = original.untilKnown;
        this.spans = original.spans;
        this.commands = original.commands.actingFor(issuer);
        this.starts = original.starts.with(commands);
        this.queues = original.queues.with(commands);
    }

    /**
     * Connects with the defaults of {@link #builder()}.
     *
     * @param bootstrapServers Kafka brokers as {@code host:port}, separated by commas
     * @throws EngineUnavailableException if Kafka cannot be reached or has no topics of Millrace
     */
    public static MillraceClient connect(String bootstrapServers) {
        return builder().connect(bootstrapServers);
    }

    /** For everything that has a default. */
    public static MillraceClientBuilder builder() {
        return new MillraceClientBuilder();
    }

    /**
     * This client for somebody else: what is started and commanded through it, and through handles and bulk commands that come from it, is
     * on record as theirs. It costs nothing, and shares the connection: closing either one closes both.
     *
     * <pre>{@code
     * client.actingFor("alice").workflow("order-17", Receipt.class).cancel();
     * }</pre>
     *
     * @param issuer 1 to {@link io.millrace.schemas.Limits#MAX_NAME_CHARS} characters
     * @throws LimitExceededException if it is longer
     * @throws IllegalArgumentException if it is blank
     */
    public MillraceClient actingFor(String issuer) {
        StartOptions.checkName("issuer", issuer, Limits.MAX_NAME_CHARS);
        return new MillraceClient(this, issuer);
    }

    /** Starts a workflow under a new random id; as {@link #start(String, Object, Class, StartOptions)}. */
    public <R> WorkflowHandle<R> start(String workflowType, @Nullable Object input, Class<R> resultType) {
        return start(workflowType, input, resultType, StartOptions.generatedId());
    }

    /**
     * Starts a workflow, or finds the one that has its id already: {@link WorkflowHandle#existing()} says which.
     *
     * @param workflowType the name that a worker registered its code under
     * @param input what the code is given; null for nothing
     * @param resultType what the code returns
     * @return when the engine has accepted it
     * @throws StartRejectedException if the engine refused it
     * @throws LimitExceededException if the input or a name is too large; nothing was sent
     * @throws PayloadException if the input cannot be encoded; nothing was sent
     */
    public <R> WorkflowHandle<R> start(
            String workflowType, @Nullable Object input, Class<R> resultType, StartOptions options) {
        return Futures.await(requestStart(workflowType, input, resultType, options));
    }

    /** As {@link #start(String, Object, Class, StartOptions)}, for a generic result type. */
    public <R> WorkflowHandle<R> start(
            String workflowType, @Nullable Object input, TypeRef<R> resultType, StartOptions options) {
        return Futures.await(requestStart(workflowType, input, resultType.type(), options));
    }

    /**
     * As {@link #start(String, Object, Class, StartOptions)}, without a thread that waits. What can be refused before anything is
     * sent is thrown here and not by the future.
     */
    public <R> CompletableFuture<WorkflowHandle<R>> startAsync(
            String workflowType, @Nullable Object input, Class<R> resultType, StartOptions options) {
        return onCallbackThread(this.<R>requestStart(workflowType, input, resultType, options), Function.identity());
    }

    /** As {@link #startAsync(String, Object, Class, StartOptions)}, for a generic result type. */
    public <R> CompletableFuture<WorkflowHandle<R>> startAsync(
            String workflowType, @Nullable Object input, TypeRef<R> resultType, StartOptions options) {
        return onCallbackThread(
                this.<R>requestStart(workflowType, input, resultType.type(), options), Function.identity());
    }

    /** A handle of a workflow that was started before, by anyone. Does not ask whether there is one. */
    public <R> WorkflowHandle<R> workflow(String workflowId, Class<R> resultType) {
        return new WorkflowHandle<>(this, workflowId, resultType, true);
    }

    /** As {@link #workflow(String, Class)}, for a generic result type. */
    public <R> WorkflowHandle<R> workflow(String workflowId, TypeRef<R> resultType) {
        return new WorkflowHandle<>(this, workflowId, resultType.type(), true);
    }

    /** The workflow of this id as it is now; empty if there is none. */
    public Optional<WorkflowDescription> describe(String workflowId) {
        return Futures.await(queries.describe(workflowId));
    }

    /** As {@link #describe}, without a thread that waits. */
    public CompletableFuture<Optional<WorkflowDescription>> describeAsync(String workflowId) {
        return onCallbackThread(queries.describe(workflowId), Function.identity());
    }

    /**
     * All recorded steps of a workflow, in order. The engine is asked for further pages as the stream is read.
     *
     * @throws WorkflowNotFoundException if there is none of this id
     */
    public Stream<StepDescription> steps(String workflowId) {
        return queries.allSteps(workflowId, UntilKnown.NOT_WAITING);
    }

    /**
     * Some recorded steps of a workflow, without a thread that waits.
     *
     * @param fromSeq the first step wanted, from 1
     * @param limit how many at most, from 1; the engine may give fewer and say where to go on
     * @return fails with {@link WorkflowNotFoundException} if there is none of this id
     */
    public CompletableFuture<StepPage> stepsAsync(String workflowId, int fromSeq, int limit) {
        return onCallbackThread(queries.steps(workflowId, fromSeq, limit), Function.identity());
    }

    /**
     * The whole history of a workflow, in order: all facts that the engine has accepted, commands with issuer and reason among them. The
     * engine is asked for further pages as the stream is read.
     *
     * @throws WorkflowNotFoundException if there is none of this id
     */
    public Stream<HistoryEvent> history(String workflowId) {
        return queries.allHistory(workflowId, UntilKnown.NOT_WAITING);
    }

    /**
     * A part of the history of a workflow, without a thread that waits.
     *
     * @param fromNumber the first entry wanted, from 1
     * @param limit how many entries at most, from 1; the engine may give fewer and say where to go on
     * @return fails with {@link WorkflowNotFoundException} if there is none of this id
     */
    public CompletableFuture<HistoryPage> historyAsync(String workflowId, long fromNumber, int limit) {
        return onCallbackThread(queries.history(workflowId, fromNumber, limit), Function.identity());
    }

    /**
     * All forks of a workflow, the oldest first. The engine is asked for further pages as the stream is read.
     *
     * @throws WorkflowNotFoundException if there is none of this id
     */
    public Stream<ForkDescription> forks(String workflowId) {
        return queries.allForks(workflowId, UntilKnown.NOT_WAITING);
    }

    /**
     * Some forks of a workflow, without a thread that waits.
     *
     * @param cursor the {@link ForkPage#nextCursor()} of the page before; empty for the first page
     * @param limit how many at most, from 1; the engine may give fewer and say where to go on
     * @return fails with {@link WorkflowNotFoundException} if there is none of this id
     */
    public CompletableFuture<ForkPage> forksAsync(String workflowId, Optional<String> cursor, int limit) {
        return onCallbackThread(queries.forks(workflowId, cursor, limit), Function.identity());
    }

    /**
     * One page of the workflows that the filter lets through, newest first unless the filter says otherwise. It is complete, or an exception
     * is thrown.
     */
    public WorkflowPage list(WorkflowFilter filter) {
        return Futures.await(requestList(filter));
    }

    /** As {@link #list}, without a thread that waits. */
    public CompletableFuture<WorkflowPage> listAsync(WorkflowFilter filter) {
        return onCallbackThread(requestList(filter), Function.identity());
    }

    /**
     * How many workflows the filter lets through, whatever its page. All partitions are counted, or an exception is thrown. Conditions on attributes,
     * parent and source are counted by 64-bit hashes of what they name; the numbers by type and by worker may leave out the smallest, the total none:
     * see {@link WorkflowCounts}.
     */
    public WorkflowCounts count(WorkflowFilter filter) {
        return Futures.await(requestCount(filter));
    }

    /** As {@link #count}, without a thread that waits. */
    public CompletableFuture<WorkflowCounts> countAsync(WorkflowFilter filter) {
        return onCallbackThread(requestCount(filter), Function.identity());
    }

    /** A command for all workflows that the filter lets through, from its cursor on where it has one; its page size does not matter. */
    public BulkCommand bulk(WorkflowFilter filter) {
        return new BulkCommand(this, BulkSelection.of(filter, this::requestList));
    }

    /** A command for all these workflows, each of which is commanded once. */
    public BulkCommand bulk(Collection<String> workflowIds) {
        return new BulkCommand(this, BulkSelection.of(workflowIds));
    }

    /**
     * Declares a queue, or gives it these limits instead of those that it has. It holds when this returns: what is started on the queue after
     * that is subject to it.
     *
     * @param queue 1 to {@link io.millrace.schemas.Limits#MAX_NAME_CHARS} characters
     * @throws QueueRejectedException if the engine refuses it
     */
    public QueueResult setQueue(String queue, QueueOptions options) {
        return setQueue(queue, options, CommandOptions.none());
    }

    /** As {@link #setQueue(String, QueueOptions)}, with a reason or a command id. */
    public QueueResult setQueue(String queue, QueueOptions options, CommandOptions command) {
        return Futures.await(queues.set(queue, options, command));
    }

    /** As {@link #setQueue(String, QueueOptions)}, without a thread that waits. */
    public CompletableFuture<QueueResult> setQueueAsync(String queue, QueueOptions options) {
        return setQueueAsync(queue, options, CommandOptions.none());
    }

    /** As {@link #setQueue(String, QueueOptions, CommandOptions)}, without a thread that waits. */
    public CompletableFuture<QueueResult> setQueueAsync(String queue, QueueOptions options, CommandOptions command) {
        return onCallbackThread(queues.set(queue, options, command), Function.identity());
    }

    /** All queues that were declared or have something on them, and {@code default}, by name. Complete, or an exception is thrown. */
    public List<QueueDescription> queues() {
        return Futures.await(queues.all());
    }

    /** As {@link #queues}, without a thread that waits. */
    public CompletableFuture<List<QueueDescription>> queuesAsync() {
        return onCallbackThread(queues.all(), Function.identity());
    }

    /** The queue of this name as it is now; empty if it was not declared and nothing is on it. */
    public Optional<QueueDescription> queue(String queue) {
        return Futures.await(queues.one(queue));
    }

    /** As {@link #queue}, without a thread that waits. */
    public CompletableFuture<Optional<QueueDescription>> queueAsync(String queue) {
        return onCallbackThread(queues.one(queue), Function.identity());
    }

    /**
     * One page of what waits on a queue, in the order in which it will run; on a partitioned queue, where keys take turns, that is the order
     * within each key. It is complete, or an exception is thrown. Nothing waits on a queue that is unknown.
     *
     * @throws IllegalArgumentException if the query has a cursor of another queue or another key
     */
    public EnqueuedPage enqueued(String queue, EnqueuedQuery query) {
        return Futures.await(queues.enqueued(queue, query));
    }

    /** As {@link #enqueued}, without a thread that waits. */
    public CompletableFuture<EnqueuedPage> enqueuedAsync(String queue, EnqueuedQuery query) {
        return onCallbackThread(queues.enqueued(queue, query), Function.identity());
    }

    /**
     * Tells a listener of each change of the workflows that the filter lets through, from now on or from the filter's position on. Those of
     * one workflow come in order, one after the other, on the callback executor; those of different workflows come in no particular order.
     *
     * <p>From now on, every change comes; from an older position on, at least the last change of each workflow, because older ones are
     * compacted away in time. A change may come twice where a subscription is taken up again. To miss nothing, subscribe first, and then look
     * at the workflows as they are. A listener that is slower than changes come has its subscription ended: see {@link
     * StatusSubscription#ended}.
     *
     * @return when nothing that changes from now on is missed
     * @throws UnknownPositionException if the filter's position is of another cluster, or of topics that were made anew
     * @throws LimitExceededException if this client has too many subscriptions already
     */
    public StatusSubscription statusChanges(ChangeFilter filter, Consumer<StatusChange> listener) {
        return Futures.await(subscribe(filter, change -> {
            listener.accept(change);
            return CompletableFuture.completedFuture(null);
        }));
    }

    /**
     * As {@link #statusChanges}, without a thread that waits: the next change is told when the future that the listener returned for the
     * one before is complete.
     */
    public CompletableFuture<StatusSubscription> statusChangesAsync(
            ChangeFilter filter, Function<StatusChange, ? extends CompletableFuture<?>> listener) {
        return onCallbackThread(subscribe(filter, listener), Function.identity());
    }

    private CompletableFuture<StatusSubscription> subscribe(
            ChangeFilter filter, Function<StatusChange, ? extends CompletableFuture<?>> listener) {
        ChangeBuffer buffer = new ChangeBuffer(filter, listener, callbacks);
        CompletableFuture<StatusFollowing> following = connection.follow(filter.after(), buffer, requestTimeout);
        CompletableFuture<StatusSubscription> subscription =
                following.thenApply(begun -> new StatusSubscription(buffer, begun));
        subscription.whenComplete((begun, error) -> {
            if (subscription.isCancelled()) {
                following.thenAccept(StatusFollowing::close);
            }
        });
        return subscription;
    }

    /**
     * The workers that are alive, or were lost within the last hour, by id, with what the engine has granted to each. Where they are asked for
     * the first time, all that is known of them is read first.
     *
     * <p>Their silence is counted as the engine counts it, in its pulses: while no engine runs, nobody is lost.
     */
    public List<WorkerDescription> workers() {
        return Futures.await(requestWorkers());
    }

    /** As {@link #workers}, without a thread that waits. */
    public CompletableFuture<List<WorkerDescription>> workersAsync() {
        return onCallbackThread(requestWorkers(), Function.identity());
    }

    private CompletableFuture<List<WorkerDescription>> requestWorkers() {
        return connection
                .workers(requestTimeout)
                .thenCombine(
                        requestCount(WorkflowFilter.all()),
                        (workers, counts) -> workers.stream()
                                .sorted(Comparator.comparing(SeenWorker::workerId))
                                .map(seen -> new WorkerDescription(
                                        seen, counts.byWorker().getOrDefault(seen.workerId(), 0L)))
                                .toList());
    }

    /** Lets go of Kafka. Calls that still wait fail; workflows go on. */
    @Override
    public void close() {
        connection.close();
    }

    private <R> CompletableFuture<WorkflowHandle<R>> requestStart(
            String workflowType, @Nullable Object input, Type resultType, StartOptions options) {
        return starts.start(workflowType, input, options)
                .thenApply(started -> new WorkflowHandle<>(this, resultType, started));
    }

    private CompletableFuture<WorkflowPage> requestList(WorkflowFilter filter) {
        return new WorkflowListing(connection, filter, requestTimeout).page();
    }

    private CompletableFuture<WorkflowCounts> requestCount(WorkflowFilter filter) {
        return new WorkflowCounting(connection, filter, requestTimeout).counts();
    }

    Payloads payloads() {
        return payloads;
    }

    CommandSender commands() {
        return commands;
    }

    StartSpans spans() {
        return spans;
    }

    WorkflowQueries queries() {
        return queries;
    }

    Executor callbacks() {
        return callbacks;
    }

    Timing timing() {
        return timing;
    }

    UntilKnown untilKnown() {
        return untilKnown;
    }

    CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout) {
        return connection.ended(workflowId, timeout);
    }

    /** The connection's threads must not run users' code: what waits in there would keep everyone waiting. */
    <T, U> CompletableFuture<U> onCallbackThread(CompletableFuture<T> future, Function<? super T, ? extends U> then) {
        return Futures.cancelling(future, Futures.unwrapped(future.<U>thenApplyAsync(then, callbacks)));
    }
}
