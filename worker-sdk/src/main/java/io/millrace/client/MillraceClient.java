package io.millrace.client;

import io.millrace.payload.PayloadCodec;
import io.millrace.payload.PayloadException;
import io.millrace.payload.TypeRef;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.GetSteps;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Query;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.WorkflowState;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts workflows and looks at them.
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
    private final PayloadCodec codec;
    private final String issuer;
    private final Duration requestTimeout;
    private final Executor callbacks;
    private final @Nullable LocalStarts localStarts;

    MillraceClient(EngineConnection connection, MillraceClientBuilder settings) {
        this.connection = connection;
        this.codec = settings.codec;
        this.issuer = settings.issuer;
        this.requestTimeout = settings.requestTimeout;
        this.callbacks = settings.callbackExecutor;
        this.localStarts = settings.eagerStarter == null ? null : new LocalStarts(settings.eagerStarter, connection);
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
        return await(requestStart(workflowType, input, resultType, options));
    }

    /** As {@link #start(String, Object, Class, StartOptions)}, for a generic result type. */
    public <R> WorkflowHandle<R> start(
            String workflowType, @Nullable Object input, TypeRef<R> resultType, StartOptions options) {
        return await(requestStart(workflowType, input, resultType.type(), options));
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
        return await(requestDescription(workflowId));
    }

    /** As {@link #describe}, without a thread that waits. */
    public CompletableFuture<Optional<WorkflowDescription>> describeAsync(String workflowId) {
        return onCallbackThread(requestDescription(workflowId), Function.identity());
    }

    /**
     * All recorded steps of a workflow, in order. The engine is asked for further pages as the stream is read.
     *
     * @throws WorkflowNotFoundException if there is none of this id
     */
    public Stream<StepDescription> steps(String workflowId) {
        StepPage first = await(requestSteps(workflowId, 1, StepPages.PAGE_STEPS));
        return StepPages.from(first, nextSeq -> await(requestSteps(workflowId, nextSeq, StepPages.PAGE_STEPS)))
                .flatMap(page -> page.steps().stream());
    }

    /**
     * Some recorded steps of a workflow, without a thread that waits.
     *
     * @param fromSeq the first step wanted, from 1
     * @param limit how many at most, from 1; the engine may give fewer and say where to go on
     * @return fails with {@link WorkflowNotFoundException} if there is none of this id
     */
    public CompletableFuture<StepPage> stepsAsync(String workflowId, int fromSeq, int limit) {
        return onCallbackThread(requestSteps(workflowId, fromSeq, limit), Function.identity());
    }

    /** One page of the workflows that the filter lets through, newest first. It is complete, or an exception is thrown. */
    public WorkflowPage list(WorkflowFilter filter) {
        return await(new WorkflowListing(connection, filter, requestTimeout).page());
    }

    /** As {@link #list}, without a thread that waits. */
    public CompletableFuture<WorkflowPage> listAsync(WorkflowFilter filter) {
        return onCallbackThread(new WorkflowListing(connection, filter, requestTimeout).page(), Function.identity());
    }

    /** Lets go of Kafka. Calls that still wait fail; workflows go on. */
    @Override
    public void close() {
        connection.close();
    }

    private <R> CompletableFuture<WorkflowHandle<R>> requestStart(
            String workflowType, @Nullable Object input, Type resultType, StartOptions options) {
        StartOptions.checkName("workflowType", workflowType, Limits.MAX_NAME_CHARS);
        Start start = options.toStart();
        start.setWorkflowType(workflowType);
        start.setInput(encode(input));
        String workflowId = options.idOrGenerated();
        Command command = Command.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setIssuer(issuer)
                .setReason(options.reason().orElse(null))
                .setIssuedAtMs(System.currentTimeMillis())
                .setStart(start)
                .build();
        if (localStarts != null && options.hasGeneratedId()) {
            Optional<CompletableFuture<LocalStarts.Ending>> here = localStarts.tryStart(workflowId, command);
            if (here.isPresent()) {
                return here.get().thenApply(ending -> new WorkflowHandle<>(this, workflowId, resultType, ending));
            }
        }
        return connection
                .send(workflowId, command, requestTimeout)
                .thenApply(reply -> handleOf(workflowId, reply, resultType));
    }

    private <R> WorkflowHandle<R> handleOf(String workflowId, CommandReply reply, Type resultType) {
        if (reply.getOutcome() != CommandOutcome.ACCEPTED) {
            throw new StartRejectedException(
                    workflowId, Optional.ofNullable(reply.getReason()).orElse("the engine gave no reason"));
        }
        return new WorkflowHandle<>(this, workflowId, resultType, reply.getExisting());
    }

    private CompletableFuture<Optional<WorkflowDescription>> requestDescription(String workflowId) {
        Query query = blankQuery().setGetWorkflow(new GetWorkflow(workflowId)).build();
        return connection
                .ask(connection.partitionOf(workflowId), query, requestTimeout)
                .thenApply(answer -> {
                    WorkflowAnswer found = part(answer.getWorkflow(), answer);
                    return Optional.ofNullable(found.getWorkflow())
                            .map(state -> new WorkflowDescription(state, EncodedPayload.of(found.getInput())));
                });
    }

    private CompletableFuture<StepPage> requestSteps(String workflowId, int fromSeq, int limit) {
        Query query = blankQuery()
                .setGetSteps(new GetSteps(workflowId, fromSeq, limit))
                .build();
        return connection
                .ask(connection.partitionOf(workflowId), query, requestTimeout)
                .thenApply(answer -> {
                    StepsAnswer found = part(answer.getSteps(), answer);
                    if (!found.getFound()) {
                        throw new WorkflowNotFoundException(workflowId);
                    }
                    Integer next = found.getNextSeq();
                    return new StepPage(
                            found.getSteps().stream().map(StepDescription::new).toList(),
                            next == null ? OptionalInt.empty() : OptionalInt.of(next));
                });
    }

    private static Query.Builder blankQuery() {
        return Query.newBuilder().setQueryId("").setAnswerPartition(0);
    }

    private static <T> T part(@Nullable T part, Answer answer) {
        if (part == null) {
            throw new MillraceException("the engine could not answer: "
                    + Optional.ofNullable(answer.getError()).orElse("its answer is empty"));
        }
        return part;
    }

    CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout) {
        return connection.ended(workflowId, timeout);
    }

    static CompletableFuture<Optional<EncodedPayload>> resultOf(CompletableFuture<WorkflowState> ended) {
        return Futures.cancelling(ended, ended.thenApply(state -> new WorkflowDescription(state, null).result()));
    }

    private @Nullable Payload encode(@Nullable Object input) {
        if (input == null) {
            return null;
        }
        Payload payload = input instanceof EncodedPayload encoded
                ? encoded.toPayload()
                : new Payload(codec.name(), ByteBuffer.wrap(codec.encode(input)));
        LimitExceededException.check("input", payload.getData().remaining(), Limits.MAX_PAYLOAD_BYTES, "bytes");
        return payload;
    }

    @SuppressWarnings("unchecked") // The codec returns what the type says, and R is that type.
    <R> @Nullable R decode(Optional<EncodedPayload> output, Type type) {
        if (output.isEmpty() || type == EncodedPayload.class) {
            return (R) output.orElse(null);
        }
        EncodedPayload payload = output.get();
        if (!payload.codec().equals(codec.name())) {
            throw new PayloadException("the output was written by the codec \"" + payload.codec()
                    + "\", and this client reads \"" + codec.name() + "\"");
        }
        return type == Void.class ? null : (R) codec.decode(payload.bytes(), type);
    }

    /** The connection's threads must not run users' code: what waits in there would keep everyone waiting. */
    <T, U> CompletableFuture<U> onCallbackThread(CompletableFuture<T> future, Function<? super T, ? extends U> then) {
        return Futures.cancelling(future, Futures.unwrapped(future.<U>thenApplyAsync(then, callbacks)));
    }

    static <T> T await(CompletableFuture<T> future) {
        return Futures.await(future);
    }
}
