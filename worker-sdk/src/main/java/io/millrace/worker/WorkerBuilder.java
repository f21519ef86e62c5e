package io.millrace.worker;

import io.millrace.client.QueueOptions;
import io.millrace.payload.JsonPayloadCodec;
import io.millrace.payload.PayloadCodec;
import io.millrace.payload.TypeRef;
import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Namespace;
import io.millrace.tracing.internal.Tracing;
import io.millrace.worker.internal.execution.DeclaredQueues;
import io.millrace.worker.internal.execution.SystemClock;
import io.millrace.worker.internal.execution.WorkerEnvironment;
import io.millrace.worker.internal.execution.WorkerRuntime;
import io.millrace.worker.internal.execution.WorkerSettings;
import io.millrace.worker.internal.execution.WorkerThreads;
import io.millrace.worker.internal.execution.WorkflowRegistry;
import io.millrace.worker.internal.transport.KafkaWorkerTransport;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.Type;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Worker} is made of. Every setting but the workflows has a default. Not thread-safe. */
public final class WorkerBuilder {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(5);
    private static final int MOST_SLOTS = 100_000;
    private static final int DEFAULT_POOL_SIZE = 256;

    private final Map<String, Object> kafka = new HashMap<>();
    private final Map<String, WorkflowRegistry.Registered> workflows = new HashMap<>();
    private final Map<String, Optional<QueueOptions>> queues = new LinkedHashMap<>();
    private Namespace namespace = Namespace.DEFAULT;
    private PayloadCodec codec = new JsonPayloadCodec();
    private Duration lease = Duration.ofSeconds(10);
    private Duration shutdownGrace = Duration.ofSeconds(5);
    private int slots = 64;
    private int eagerSlots = 64;
    private int poolSize = DEFAULT_POOL_SIZE;
    private WorkerObserver observer = WorkerObserver.NONE;
    private @Nullable String applicationVersion;
    private @Nullable OpenTelemetry openTelemetry;
    private @Nullable WorkerEnvironment environment;

    WorkerBuilder(String bootstrapServers) {
        kafka.put("bootstrap.servers", bootstrapServers);
    }

    /**
     * Runs workflows of this type.
     *
     * @param workflowType the name they are started by; 1 to 256 characters
     * @param inputType what the input is read as
     */
    public <I extends @Nullable Object> WorkerBuilder workflow(
            String workflowType, Class<I> inputType, Workflow<I, ?> workflow) {
        return register(workflowType, inputType, workflow);
    }

    /** Runs workflows of this type, whose input is of a generic type. */
    public <I extends @Nullable Object> WorkerBuilder workflow(
            String workflowType, TypeRef<I> inputType, Workflow<I, ?> workflow) {
        return register(workflowType, inputType.type(), workflow);
    }

    @SuppressWarnings("unchecked") // The codec reads the input as the type that was given along with the workflow.
    private WorkerBuilder register(String workflowType, Type inputType, Workflow<?, ?> workflow) {
        requireName("workflow type", workflowType);
        WorkflowRegistry.Registered registered =
                new WorkflowRegistry.Registered(inputType, (Workflow<Object, ?>) workflow);
        require(workflows.putIfAbsent(workflowType, registered) == null, "there are two of type " + workflowType);
        return this;
    }

    /**
     * Takes workflows from this queue too. Without any, from the queue {@code default}, which always exists.
     *
     * <p>A queue that does not exist is created without limits, and one that does stays as it is. Options that were given before for the same
     * queue are kept.
     */
    public WorkerBuilder queue(String queue) {
        requireName("queue", queue);
        queues.putIfAbsent(queue, Optional.empty());
        return this;
    }

    /**
     * Takes workflows from this queue too, and declares how it lets them run. The queue is set so when the worker starts, if it is new, or if the
     * code declares something else than it did the last time; so what an operator has changed since stays when the worker is restarted. Of workers
     * that declare different options the last one to start counts.
     *
     * <pre>{@code
     * Worker.builder("localhost:9092")
     *         .queue("payments", QueueOptions.unlimited().concurrency(10).rateLimit(100, Duration.ofSeconds(1)))
     * }</pre>
     */
    public WorkerBuilder queue(String queue, QueueOptions options) {
        requireName("queue", queue);
        queues.put(queue, Optional.of(options));
        return this;
    }

    /** How many workflows it takes from the engine at once: 1 to 100,000, and 64 unless set. */
    public WorkerBuilder slots(int number) {
        require(
                number >= 1 && number <= MOST_SLOTS,
                "slots must be between 1 and " + MOST_SLOTS + ", and are " + number);
        this.slots = number;
        return this;
    }

    /** How many more it runs that clients in this process start: 0 to 100,000, and 64 unless set. */
    public WorkerBuilder eagerSlots(int number) {
        require(
                number >= 0 && number <= MOST_SLOTS,
                "eager slots must be between 0 and " + MOST_SLOTS + ", and are " + number);
        this.eagerSlots = number;
        return this;
    }

    /** The namespace of the engine; {@code millrace} unless set. */
    public WorkerBuilder namespace(String name) {
        this.namespace = new Namespace(name);
        return this;
    }

    /**
     * More settings of Kafka clients, for example for TLS.
     *
     * @throws IllegalArgumentException for those that the worker's guarantees rest on, see {@link KafkaProperties}
     */
    public WorkerBuilder kafka(Map<String, ?> properties) {
        KafkaProperties.check(properties);
        kafka.putAll(properties);
        return this;
    }

    /** How values become payloads; JSON unless set. */
    public WorkerBuilder codec(PayloadCodec payloadCodec) {
        this.codec = payloadCodec;
        return this;
    }

    /** The version of the workflows' code: those that are pinned to one go only to workers of that version. */
    public WorkerBuilder applicationVersion(String version) {
        requireName("application version", version);
        this.applicationVersion = version;
        return this;
    }

    /** Not heard of for so long, its workflows go to others: 1 s to 5 min, and 10 s unless set. */
    public WorkerBuilder lease(Duration length) {
        require(
                length.compareTo(SHORTEST_LEASE) >= 0 && length.compareTo(LONGEST_LEASE) <= 0,
                "the lease must be between " + SHORTEST_LEASE + " and " + LONGEST_LEASE + ", and is " + length);
        this.lease = length;
        return this;
    }

    /** How long running steps may go on when the worker closes; 5 s unless set. */
    public WorkerBuilder shutdownGrace(Duration grace) {
        require(!grace.isNegative(), "the shutdown grace must not be negative, and is " + grace);
        this.shutdownGrace = grace;
        return this;
    }

    /**
     * How many threads there are for workflows at most, and as many for steps beside them, on a JDK without virtual threads
     * (17 to 20); 256 unless set. A workflow holds one while it runs or waits for less than a moment.
     */
    public WorkerBuilder platformThreads(int number) {
        require(number >= 1, "there must be a thread at least, and are to be " + number);
        this.poolSize = number;
        return this;
    }

    /**
     * Where spans of executions and steps go. Unless set, to the global one ({@code GlobalOpenTelemetry}), which is looked up when it is used and
     * may be set at any time; where there is none, nothing is traced.
     */
    public WorkerBuilder openTelemetry(OpenTelemetry instance) {
        this.openTelemetry = instance;
        return this;
    }

    /** Is told what the worker does; nobody unless set. */
    public WorkerBuilder observer(WorkerObserver told) {
        this.observer = told;
        return this;
    }

    /** Replaces Kafka, clock and threads: for test kits, and not part of what is kept compatible. */
    public WorkerBuilder environment(WorkerEnvironment replacement) {
        this.environment = replacement;
        return this;
    }

    /** The worker, which is yet to be started. */
    public Worker build() {
        require(!workflows.isEmpty(), "a worker needs a workflow at least");
        WorkerSettings settings = new WorkerSettings(
                new DeclaredQueues(queues.isEmpty() ? Map.of(DeclaredQueues.DEFAULT, Optional.empty()) : queues),
                applicationVersion,
                slots,
                eagerSlots,
                lease,
                shutdownGrace,
                new GuardedObserver(observer));
        WorkerEnvironment around = environment == null ? onKafka() : environment;
        return new Worker(
                new WorkerRuntime(settings, new WorkflowRegistry(workflows), codec, Tracing.to(openTelemetry), around));
    }

    private WorkerEnvironment onKafka() {
        return new WorkerEnvironment(
                WorkerRuntime.thisProcess(),
                new SystemClock(),
                WorkerThreads.best(Math.min(poolSize, slots + eagerSlots)),
                new SecureRandom(),
                KafkaWorkerTransport.factory(namespace, Map.copyOf(kafka), lease),
                WorkerEnvironment.PARK_AFTER);
    }

    private static void requireName(String what, String name) {
        require(
                !name.isEmpty() && name.length() <= Limits.MAX_NAME_CHARS,
                "a " + what + " has 1 to " + Limits.MAX_NAME_CHARS + " characters, and this one has " + name.length());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
