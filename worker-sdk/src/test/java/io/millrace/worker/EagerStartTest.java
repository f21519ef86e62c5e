package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.QueueOptions;
import io.millrace.schemas.Start;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EagerStartTest {
    private final AtomicInteger ran = new AtomicInteger();

    private static EagerStart start(String workflowId) {
        return start(workflowId, Start.newBuilder().setWorkflowType("test"));
    }

    private static EagerStart start(String workflowId, Start.Builder start) {
        return new EagerStart(
                "c-" + workflowId,
                "me",
                workflowId,
                start.setInput(Records.json("\"in\"")).build());
    }

    @Test
    void shouldRunWhenTheStartIsOnRecordAndAnswerWhenTheEndIs() throws Exception {
        try (TestBench bench = TestBench.threaded((ctx, in) -> in + ran.incrementAndGet())) {
            bench.topics.holdAcknowledgements();
            CompletableFuture<EagerResult> result =
                    bench.worker.tryStart(start("w")).orElseThrow().result();
            assertEquals(List.of("eagerly started c-w"), bench.topics.facts());
            assertEquals(0, ran.get());
            bench.topics.acknowledgeHeld();
            await().until(() -> bench.topics.facts().size() == 2);
            assertEquals("completed \"in1\" after 0", bench.topics.facts().get(1));
            assertTrue(!result.isDone());
            bench.topics.acknowledge();
            EagerResult.Completed completed = assertInstanceOf(EagerResult.Completed.class, result.get());
            assertEquals(Records.json("\"in1\""), completed.output());
        }
    }

    @Test
    void shouldAnswerWithTheFailure() throws Exception {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            throw new IllegalStateException("boom");
        })) {
            EagerResult result =
                    bench.worker.tryStart(start("w")).orElseThrow().result().get();
            assertEquals(
                    "boom",
                    assertInstanceOf(EagerResult.Failed.class, result).failure().getMessage());
        }
    }

    @Test
    void shouldGiveItsQueueAndVersionToAChild() {
        Workflow<String, ?> workflow =
                (ctx, in) -> ctx.child("inner", null, String.class).workflowId();
        try (TestBench bench =
                TestBench.threaded(workflow, builder -> builder.queue("fast").applicationVersion("2"))) {
            Start.Builder pinned =
                    Start.newBuilder().setWorkflowType("test").setQueue("fast").setApplicationVersion("2");
            bench.worker.tryStart(start("w", pinned)).orElseThrow();
            bench.awaitEachFact("eagerly started c-w", "child 1 w/1 inner null", "completed \"w/1\" after 1");
            Start child = bench.topics.events.stream()
                    .flatMap(sent -> sent.event().getFacts().stream())
                    .filter(fact -> fact.getChildStarted() != null)
                    .findFirst()
                    .orElseThrow()
                    .getChildStarted()
                    .getStart();
            assertEquals("fast", child.getQueue());
            assertEquals("2", child.getApplicationVersion());
        }
    }

    @Test
    void shouldRefuseWhatItCannotRun() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> null)) {
            Start.Builder other = Start.newBuilder().setWorkflowType("other");
            Start.Builder queue = Start.newBuilder().setWorkflowType("test").setQueue("slow");
            Start.Builder version = Start.newBuilder().setWorkflowType("test").setApplicationVersion("2");
            Start.Builder delayed = Start.newBuilder().setWorkflowType("test").setDelayMs(5L);
            Start.Builder urgent = Start.newBuilder().setWorkflowType("test").setPriority(1);
            Start.Builder single = Start.newBuilder().setWorkflowType("test").setDeduplicationId("d");
            Start.Builder keyed = Start.newBuilder().setWorkflowType("test").setPartitionKey("k");
            for (Start.Builder refused : List.of(other, queue, version, delayed, urgent, single, keyed)) {
                assertEquals(Optional.empty(), bench.worker.tryStart(start("w", refused)));
            }
            assertEquals(List.of(), bench.topics.facts());
        }
    }

    @Test
    void shouldLeaveWhatItsOwnCodeLimitsToTheEngine() {
        UnaryOperator<WorkerBuilder> queues =
                builder -> builder.queue("limited", QueueOptions.unlimited().rateLimit(1, Duration.ofSeconds(1)))
                        .queue("ordered", QueueOptions.unlimited().priorities().partitioned())
                        .queue("limited");
        try (TestBench bench = TestBench.threaded((ctx, in) -> null, queues)) {
            Start.Builder limited = Start.newBuilder().setWorkflowType("test").setQueue("limited");
            assertTrue(bench.worker.tryStart(start("w", limited)).isEmpty());
            Start.Builder ordered = Start.newBuilder().setWorkflowType("test").setQueue("ordered");
            assertTrue(bench.worker.tryStart(start("v", ordered)).isPresent());
        }
    }

    @Test
    void shouldRefuseWhenNoEagerSlotIsFree() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (TestBench bench = TestBench.threaded(
                (ctx, in) -> {
                    mayEnd.await();
                    return null;
                },
                builder -> builder.eagerSlots(1))) {
            assertTrue(bench.worker.tryStart(start("w")).isPresent());
            assertTrue(bench.worker.tryStart(start("v")).isEmpty());
            mayEnd.countDown();
            await().until(() -> bench.worker.tryStart(start("u")).isPresent());
        }
    }

    @Test
    void shouldRefuseWhenTheLeaseHasLapsedOrTheWorkerIsClosed() {
        TestBench bench = TestBench.threaded((ctx, in) -> null);
        bench.clock.freeze(Duration.ofSeconds(11));
        assertTrue(bench.worker.tryStart(start("w")).isEmpty());
        bench.worker.close();
        assertTrue(bench.worker.tryStart(start("w")).isEmpty());
    }

    @Test
    void shouldTellTheCallerThatTheWorkflowGoesOnElsewhere() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            ctx.sleep(Duration.ofHours(1));
            return null;
        })) {
            CompletableFuture<EagerResult> result =
                    bench.worker.tryStart(start("w")).orElseThrow().result();
            ExecutionException error = assertThrows(ExecutionException.class, result::get);
            assertInstanceOf(EagerExecutionLostException.class, error.getCause());
        }
    }

    @Test
    void shouldNotRunWhenTheStartDoesNotGetOnRecord() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> ran.incrementAndGet())) {
            bench.topics.failSends(new IllegalStateException("the broker says no"));
            CompletableFuture<EagerResult> result =
                    bench.worker.tryStart(start("w")).orElseThrow().result();
            ExecutionException error = assertThrows(ExecutionException.class, result::get);
            assertTrue(error.getCause().getMessage().contains("the broker says no"), error.toString());
            bench.topics.failSends(null);
            assertEquals(0, ran.get());
        }
    }

    @Test
    void shouldNotAnswerWhenTheLeaseLapsedBeforeTheEndWasOnRecord() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> "done")) {
            bench.topics.holdAcknowledgements();
            CompletableFuture<EagerResult> result =
                    bench.worker.tryStart(start("w")).orElseThrow().result();
            bench.topics.acknowledgeHeld();
            await().until(() -> bench.topics.facts().size() == 2);
            bench.clock.freeze(Duration.ofSeconds(11));
            bench.topics.acknowledge();
            ExecutionException error = assertThrows(ExecutionException.class, result::get);
            assertInstanceOf(EagerExecutionLostException.class, error.getCause());
        }
    }
}
