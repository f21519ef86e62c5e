package io.millrace.client.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.EngineUnavailableException;
import io.millrace.client.MillraceClient;
import io.millrace.client.MillraceClientBuilder;
import io.millrace.client.MillraceException;
import io.millrace.client.StartOptions;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.client.WorkflowStillOpenException;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaEngineConnectionIT {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private static EmbeddedBroker broker;

    /** Each test's own: one broker is enough for all of them. */
    private final Namespace namespace = new Namespace("test-" + NAMESPACES.incrementAndGet());

    private EngineOnTopics engine;
    private MillraceClient client;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        engine = new EngineOnTopics(broker.bootstrapServers(), namespace);
        client = connect();
    }

    @AfterEach
    void stop() {
        client.close();
        engine.close();
    }

    private MillraceClient connect() {
        return builder().connect(broker.bootstrapServers());
    }

    private MillraceClientBuilder builder() {
        return MillraceClient.builder().namespace(namespace.name());
    }

    @Test
    void shouldStartAndReturnTheResultWithoutAskingTheEngine() {
        WorkflowHandle<String> handle = client.start("echo", "hello", String.class);
        engine.end(handle.workflowId(), WorkflowStatus.COMPLETED);

        assertEquals("hello", handle.result());
        assertEquals(List.of(), engine.queries);
    }

    @Test
    void shouldReturnAResultThatCameWithTheReply() {
        engine.endsAtOnce = true;

        assertEquals("hello", client.start("echo", "hello", String.class).result());
        assertEquals(List.of(), engine.queries);
    }

    @Test
    void shouldFindTheFirstRunAndItsResult() {
        StartOptions same = StartOptions.workflowId("once");
        engine.endsAtOnce = true;
        client.start("echo", "first", String.class, same).result();

        WorkflowHandle<String> second = client.start("echo", "second", String.class, same);

        assertTrue(second.existing());
        assertEquals("first", second.result());
    }

    @Test
    void shouldWaitForAWorkflowOfSomeoneElse() {
        WorkflowHandle<String> started = client.start("echo", "hello", String.class);
        try (MillraceClient other = connect()) {
            CompletableFuture<String> result =
                    other.workflow(started.workflowId(), String.class).resultAsync();
            await().until(() -> engine.queries.size() == 1);
            engine.end(started.workflowId(), WorkflowStatus.COMPLETED);

            assertEquals("hello", result.join());
            assertThrows(
                    WorkflowNotFoundException.class,
                    () -> other.workflow("unknown", String.class).result());
        }
    }

    @Test
    void shouldTellOpenFromFailed() {
        WorkflowHandle<String> handle = client.start("echo", "hello", String.class);

        assertThrows(WorkflowStillOpenException.class, () -> handle.result(Duration.ofMillis(200)));
        engine.end(handle.workflowId(), WorkflowStatus.FAILED);
        assertThrows(WorkflowFailedException.class, handle::result);
        assertEquals(WorkflowStatus.FAILED, handle.status());
    }

    @Test
    void shouldReturnTheEndThatComesAfterAResumeAndNeverTheOneFromBefore() {
        for (int i = 0; i < 20; i++) {
            WorkflowHandle<Integer> handle = client.start("echo", i, Integer.class);
            assertEquals(WorkflowStatus.CANCELLED, handle.cancel().status());
            if (i % 2 == 0) {
                assertThrows(CancelledWorkflowException.class, handle::result);
            }
            assertEquals(WorkflowStatus.ENQUEUED, handle.resume().status());
            CompletableFuture<Integer> begunAfter = handle.resultAsync();
            assertThrows(WorkflowStillOpenException.class, () -> handle.result(Duration.ofMillis(300)));
            assertFalse(begunAfter.isDone());
            engine.end(handle.workflowId(), WorkflowStatus.COMPLETED);

            assertEquals(i, begunAfter.join());
            assertEquals(i, handle.result());
        }
    }

    @Test
    void shouldNameACommandThatNoEngineAnswers() {
        WorkflowHandle<Integer> handle = client.start("echo", 1, Integer.class);
        engine.close();
        try (MillraceClient impatient =
                builder().requestTimeout(Duration.ofSeconds(1)).connect(broker.bootstrapServers())) {
            StopOptions options = StopOptions.none().commandId("c-1");

            EngineUnavailableException thrown = assertThrows(
                    EngineUnavailableException.class,
                    () -> impatient.workflow(handle.workflowId(), Integer.class).cancel(options));

            assertEquals(Optional.of("c-1"), thrown.commandId());
            assertTrue(thrown.getMessage().contains("\"c-1\" may still take effect"), thrown.getMessage());
        }
    }

    @Test
    void shouldAskAgainWithTheSameIdWhenAQueryIsLost() {
        engine.queriesToLose = 1;

        assertTrue(client.describe("unknown").isEmpty());

        assertEquals(2, engine.queries.size());
        ConsumerRecord<String, byte[]> lost = engine.queries.get(0);
        assertEquals(lost.key(), engine.queries.get(1).key());
        assertEquals(0L, lost.timestamp(), "or a backlog would be worked off before the query");
    }

    @Test
    void shouldKeepThousandsInFlight() {
        engine.endsAtOnce = true;
        List<CompletableFuture<Integer>> results = IntStream.range(0, 3_000)
                .mapToObj(i -> client.startAsync("echo", i, Integer.class, StartOptions.generatedId())
                        .thenCompose(WorkflowHandle::resultAsync))
                .toList();

        for (int i = 0; i < results.size(); i++) {
            assertEquals(i, results.get(i).join());
        }
        assertEquals(List.of(), engine.queries);
    }

    @Test
    void shouldListWorkflowsOfAllPartitions() {
        for (int i = 0; i < 20; i++) {
            client.start("echo", i, Integer.class);
        }

        assertEquals(20, client.list(WorkflowFilter.all()).workflows().size());
        assertEquals(EngineOnTopics.PARTITIONS, engine.queries.size());
    }

    @Test
    void shouldSayWhatToCheckWhenNoEngineAnswers() {
        engine.close();
        try (MillraceClient impatient =
                builder().requestTimeout(Duration.ofSeconds(1)).connect(broker.bootstrapServers())) {
            EngineUnavailableException start =
                    assertThrows(EngineUnavailableException.class, () -> impatient.start("echo", 1, Integer.class));
            assertTrue(
                    start.getMessage().contains("check that one runs for namespace \"" + namespace.name() + "\""),
                    start.getMessage());
            assertThrows(EngineUnavailableException.class, () -> impatient.describe("w"));
        }
    }

    @Test
    void shouldSayThatTheNamespaceHasNoTopics() {
        EngineUnavailableException thrown = assertThrows(
                EngineUnavailableException.class,
                () -> MillraceClient.builder()
                        .namespace("other")
                        .connectTimeout(Duration.ofSeconds(1))
                        .connect(broker.bootstrapServers()));

        assertTrue(thrown.getMessage().contains("other.commands"), thrown.getMessage());
    }

    @Test
    void shouldFailThoseWhoWaitWhenItIsClosed() {
        WorkflowHandle<String> handle = client.start("echo", "hello", String.class);
        CompletableFuture<String> result = handle.resultAsync();
        assertFalse(result.isDone());

        client.close();

        CompletionException thrown = assertThrows(CompletionException.class, result::join);
        assertInstanceOf(MillraceException.class, thrown.getCause());
    }
}
