package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.QueueOptions;
import io.millrace.schemas.Command;
import io.millrace.schemas.QueueSettings;
import io.millrace.worker.internal.execution.WorkerEnvironment;
import io.millrace.worker.internal.execution.WorkerThreads;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class QueueDeclarationTest {
    private static final QueueOptions LIMITED =
            QueueOptions.unlimited().concurrency(10).rateLimit(5, Duration.ofSeconds(1));

    private static TestBench worker(UnaryOperator<WorkerBuilder> queues) {
        return TestBench.threaded((ctx, in) -> null, queues);
    }

    private static List<Command> declared(TestBench bench) {
        return bench.topics.commands.stream()
                .map(FakeTopics.SentCommand::command)
                .toList();
    }

    @Test
    void shouldDeclareItsQueuesUnderTheirNames() {
        try (TestBench bench = worker(builder -> builder.queue("plain").queue("limited", LIMITED))) {
            assertEquals(
                    List.of("plain", "limited"),
                    bench.topics.commands.stream()
                            .map(FakeTopics.SentCommand::key)
                            .toList());
            Command command = declared(bench).get(1);
            assertEquals("worker " + bench.worker.workerId().orElseThrow(), command.getIssuer());
            assertEquals(1_000_000, command.getIssuedAtMs());
            assertTrue(command.getSetQueue().getDeclaration());
            QueueSettings expected = LIMITED.toSettings("limited");
            expected.setDeclared("concurrency=10,rate=5/PT1S");
            assertEquals(expected, command.getSetQueue().getSettings());
            assertNotEquals(declared(bench).get(0).getCommandId(), command.getCommandId());
        }
    }

    @Test
    void shouldSayNothingButThatItExistsOfAQueueWithoutOptions() {
        try (TestBench bench = worker(builder -> builder.queue("plain").queue("open", QueueOptions.unlimited()))) {
            assertNull(declared(bench).get(0).getSetQueue().getSettings().getDeclared());
            assertEquals(
                    "unlimited",
                    declared(bench).get(1).getSetQueue().getSettings().getDeclared());
        }
    }

    @Test
    void shouldDeclareTheDefaultQueueOnlyWithOptions() {
        try (TestBench bench = worker(builder -> builder)) {
            assertEquals(List.of(), declared(bench));
        }
        try (TestBench bench = worker(builder -> builder.queue("default"))) {
            assertEquals(List.of(), declared(bench));
        }
        try (TestBench bench = worker(builder -> builder.queue("default", LIMITED))) {
            assertEquals(1, declared(bench).size());
        }
    }

    @Test
    void shouldKeepOptionsWhenTheQueueIsNamedAgain() {
        try (TestBench bench = worker(builder -> builder.queue("q", LIMITED).queue("q"))) {
            assertEquals(1, declared(bench).size());
            assertEquals(10, declared(bench).get(0).getSetQueue().getSettings().getConcurrency());
        }
    }

    @Test
    void shouldDeclareAnewUnderANewId() {
        try (TestBench bench = worker(builder -> builder.queue("q", LIMITED))) {
            String first = bench.worker.workerId().orElseThrow();
            bench.clock.freeze(Duration.ofSeconds(11));
            bench.clock.advance(Duration.ofSeconds(3));
            await().until(() -> declared(bench).size() == 2);
            Command again = declared(bench).get(1);
            assertNotEquals("worker " + first, again.getIssuer());
            assertNotEquals(declared(bench).get(0).getCommandId(), again.getCommandId());
        }
    }

    @Test
    void shouldOfferNoCreditBeforeTheDeclarationsAreOnRecord() {
        FakeTopics topics = new FakeTopics(1);
        topics.holdAcknowledgements();
        HandClock clock = new HandClock();
        Worker worker = new WorkerBuilder("nowhere")
                .workflow("test", String.class, (ctx, in) -> null)
                .queue("q", LIMITED)
                .environment(new WorkerEnvironment(
                        "test", clock, WorkerThreads.best(2), new Random(1), topics, Duration.ofSeconds(1)))
                .build();
        Thread starts = new Thread(worker::start);
        starts.start();
        await().until(() -> topics.heartbeats.size() == 1);
        assertEquals(1, topics.commands.size());
        assertEquals(List.of(), topics.events);
        topics.acknowledge();
        await().until(() -> topics.events.size() == 1);
        worker.close();
    }
}
