package io.millrace.client.internal;

import io.millrace.client.EngineConnection;
import io.millrace.client.EngineUnavailableException;
import io.millrace.client.MillraceException;
import io.millrace.client.SeenWorker;
import io.millrace.client.StatusFollowing;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The engine as it is reached over Kafka's topics: what docs/protocol.md says under "Clients". */
public final class KafkaEngineConnection implements EngineConnection {
    /** A query may be lost when an engine instance stops, so it is asked again. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final ClientTopics topics;
    private final EngineWriter writer;
    private final EngineReader reader;
    private final Thread readerThread;
    private final PendingRequests<CommandReply> replies = new PendingRequests<>();
    private final PendingRequests<Answer> answers = new PendingRequests<>();
    private final StatusStreams statuses;
    private final WorkersReader workers;
    private final EndWatches ends = new EndWatches();
    private final EndRequests endRequests = new EndRequests(ends, new EndRequests.Engine() {
        @Override
        public CompletableFuture<Answer> ask(String workflowId, Query query, Duration timeout) {
            return KafkaEngineConnection.this.ask(partitionOf(workflowId), query, timeout);
        }

        @Override
        public void failAfter(Duration timeout, CompletableFuture<?> future, Supplier<RuntimeException> error) {
            KafkaEngineConnection.this.failAfter(timeout, future, error);
        }
    });
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean closed;

    /**
     * How to connect.
     *
     * @param namespace which Millrace on the cluster
     * @param kafka properties of the Kafka clients, {@code bootstrap.servers} among them
     * @param requestTimeout how long the producer tries to deliver
     * @param connectTimeout how long to wait for Kafka and the topics
     */
    public record Settings(
            Namespace namespace, Map<String, Object> kafka, Duration requestTimeout, Duration connectTimeout) {
        String where() {
            return "namespace \"" + namespace.name() + "\" on " + kafka.get("bootstrap.servers");
        }
    }

    private KafkaEngineConnection(
            Settings settings,
            String clientId,
            ClientTopics topics,
            KafkaConsumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer) {
        this.settings = settings;
        this.topics = topics;
        RecordSerdes serdes = RecordSerdes.from(settings.kafka());
        this.writer = new EngineWriter(producer, topics, serdes);
        StatusTail tail = new StatusTail(
                topics.statusPartitions().stream().mapToLong(consumer::position).toArray());
        this.statuses = new StatusStreams(tail, topics, settings.kafka(), clientId);
        this.workers = new WorkersReader(
                topics.name(Topic.WORKERS),
                serdes,
                () -> new KafkaConsumer<>(
                        ClientConfigs.consumer(settings.kafka(), clientId + "-workers"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()));
        this.reader =
                new EngineReader(consumer, topics, serdes, new EngineReader.Waiters(replies, answers, ends, tail));
        this.readerThread = new Thread(reader, "millrace-client-reader");
        readerThread.setDaemon(true);
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "millrace-client-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Connects, and returns when nothing that the engine says from now on will be missed.
     *
     * @throws EngineUnavailableException if that is not reached within the connect timeout
     */
    public static KafkaEngineConnection open(Settings settings) {
        String clientId = "millrace-client-" + UUID.randomUUID();
        KafkaConsumer<byte[], byte[]> consumer = null;
        Producer<byte[], byte[]> producer = null;
        try {
            consumer = new KafkaConsumer<>(
                    ClientConfigs.consumer(settings.kafka(), clientId),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            ClientTopics topics =
                    ClientTopics.find(consumer, settings.namespace(), clientId, settings.connectTimeout());
            consumer.assign(topics.readPartitions());
            consumer.endOffsets(topics.readPartitions(), settings.connectTimeout())
                    .forEach(consumer::seek);
            producer = new KafkaProducer<>(
                    ClientConfigs.producer(settings.kafka(), clientId, settings.requestTimeout()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            KafkaEngineConnection connection =
                    new KafkaEngineConnection(settings, clientId, topics, consumer, producer);
            connection.readerThread.start();
            return connection;
        } catch (RuntimeException e) {
            Optional.ofNullable(consumer).ifPresent(KafkaConsumer::close);
            Optional.ofNullable(producer).ifPresent(Producer::close);
            throw e instanceof KafkaException
                    ? new EngineUnavailableException(
                            "cannot reach " + settings.where()
                                    + ": check that Kafka runs there and lets this client in (" + rootMessage(e) + ")",
                            e)
                    : e;
        }
    }

    @Override
    public int partitions() {
        return topics.partitions();
    }

    @Override
    public int partitionOf(String workflowId) {
        return topics.partitionOf(workflowId);
    }

    @Override
    public CompletableFuture<CommandReply> send(String workflowId, Command command, Duration timeout) {
        CompletableFuture<CommandReply> reply = pending(replies, command.getCommandId());
        boolean isStart = command.getStart() != null;
        failAfter(
                timeout,
                reply,
                () -> unanswered(
                        "the command for workflow \"" + workflowId + "\"",
                        timeout,
                        isStart
                                ? "The start may still take effect; starting again with the same workflow id is safe."
                                : ""));
        if (isStart) {
            ends.onStarting(workflowId);
        }
        writer.send(workflowId, command, reply::completeExceptionally);
        // Before anything that depends on the reply can run, so that whoever
        // asks for the result finds the watches as the reply leaves them.
        if (isStart) {
            return reply.whenComplete((answer, error) -> ends.onStartAnswered(workflowId, isNew(answer)));
        }
        return mayReopen(command) ? reply.whenComplete((answer, error) -> onMaybeReopened(workflowId, answer)) : reply;
    }

    private static boolean mayReopen(Command command) {
        return command.getResume() != null || command.getRewind() != null;
    }

    /** Only a refusal is certain to have changed nothing: a command that was not answered may have taken effect. */
    private void onMaybeReopened(String workflowId, @Nullable CommandReply reply) {
        if (reply == null || reply.getOutcome() == CommandOutcome.ACCEPTED) {
            endRequests.onReopened(workflowId);
        }
    }

    @Override
    public CompletableFuture<Answer> ask(int partition, Query query, Duration timeout) {
        query.setQueryId(UUID.randomUUID().toString());
        CompletableFuture<Answer> answer = pending(answers, query.getQueryId());
        failAfter(timeout, answer, () -> unanswered("a query to partition " + partition, timeout, ""));
        ScheduledFuture<?> again = timer.scheduleAtFixedRate(
                () -> writer.send(partition, query, error -> {}),
                ASK_AGAIN_AFTER.toNanos(),
                ASK_AGAIN_AFTER.toNanos(),
                TimeUnit.NANOSECONDS);
        answer.whenComplete((value, error) -> again.cancel(false));
        writer.send(partition, query, answer::completeExceptionally);
        return answer;
    }

    @Override
    public CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout) {
        checkOpen();
        return endRequests.ended(workflowId, timeout);
    }

    @Override
    public CompletableFuture<StatusFollowing> follow(
            Optional<StatusPosition> after, StatusSink sink, Duration timeout) {
        checkOpen();
        return statuses.follow(after, sink, timeout);
    }

    @Override
    public CompletableFuture<List<SeenWorker>> workers(Duration timeout) {
        checkOpen();
        CompletableFuture<List<SeenWorker>> answer = workers.all();
        failAfter(timeout, answer, () -> workers.unread(timeout));
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        RuntimeException error = new MillraceException("the client was closed");
        replies.failAll(error);
        answers.failAll(error);
        ends.failAll(error);
        statuses.close();
        workers.close();
        timer.shutdownNow();
        reader.stop();
        writer.close();
        try {
            readerThread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletableFuture<T> pending(PendingRequests<T> requests, String id) {
        checkOpen();
        return requests.expect(id);
    }

    private void checkOpen() {
        if (closed) {
            throw new MillraceException("the client was closed");
        }
    }

    private void failAfter(Duration timeout, CompletableFuture<?> future, Supplier<RuntimeException> error) {
        if (future.isDone()) {
            return;
        }
        ScheduledFuture<?> alarm = timer.schedule(
                () -> future.completeExceptionally(error.get()), timeout.toNanos(), TimeUnit.NANOSECONDS);
        future.whenComplete((value, failure) -> alarm.cancel(false));
    }

    private EngineUnavailableException unanswered(String what, Duration timeout, String consequence) {
        return new EngineUnavailableException(
                ("no engine answered " + what + " within " + timeout + ": check that one runs for " + settings.where()
                                + ". " + consequence)
                        .strip(),
                reader.lastError());
    }

    private static boolean isNew(@Nullable CommandReply reply) {
        return reply != null && reply.getOutcome() == CommandOutcome.ACCEPTED && !reply.getExisting();
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
