package io.millrace.client.internal;

import io.millrace.client.EngineUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Looks at what the status topic is, which a consumer cannot tell: its id, and where it ends. Connects when it is first asked. Thread-safe. */
final class StatusLog implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final String topic;
    private final Supplier<Admin> connect;
    private @Nullable Admin admin;

    StatusLog(String topic, Supplier<Admin> connect) {
        this.topic = topic;
        this.connect = connect;
    }

    /** What a topic is: another one of the same name has another id. */
    record Description(UUID id, int partitions) {}

    CompletableFuture<Description> describe(Duration timeout) {
        return answer(admin -> {
            DescribeTopicsOptions within = new DescribeTopicsOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
            return admin.describeTopics(List.of(topic), within)
                    .topicNameValues()
                    .get(topic)
                    .toCompletionStage()
                    .thenApply(StatusLog::description);
        });
    }

    private static Description description(TopicDescription topic) {
        Uuid id = topic.topicId();
        return new Description(
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                topic.partitions().size());
    }

    /** The offset behind the last committed record of each partition. */
    CompletableFuture<long[]> ends(int partitions, Duration timeout) {
        return answer(admin -> {
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            ListOffsetsOptions within = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
                    .timeoutMs(Math.toIntExact(timeout.toMillis()));
            return admin.listOffsets(latest, within).all().toCompletionStage().thenApply(this::offsets);
        });
    }

    private long[] offsets(Map<TopicPartition, ListOffsetsResultInfo> ends) {
        return IntStream.range(0, ends.size())
                .mapToLong(partition ->
                        ends.get(new TopicPartition(topic, partition)).offset())
                .toArray();
    }

    private <T> CompletableFuture<T> answer(Function<Admin, CompletionStage<T>> question) {
        return CompletableFuture.completedFuture(question)
                .thenCompose(asked -> asked.apply(connected()))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(silent(error)));
    }

    private EngineUnavailableException silent(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new EngineUnavailableException(
                "Kafka does not say what topic \"" + topic
                        + "\" is: check that its brokers run and let this client describe it (" + cause.getMessage()
                        + ")",
                cause);
    }

    private synchronized Admin connected() {
        Admin connected = admin;
        if (connected == null) {
            connected = connect.get();
            admin = connected;
        }
        return connected;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(CLOSE_WITHIN);
        }
    }
}
