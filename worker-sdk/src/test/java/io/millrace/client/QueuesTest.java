package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.QueueStatistics;
import io.millrace.schemas.QueuesAnswer;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueuesTest {
    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client =
            MillraceClient.builder().issuer("tests").over(engine);

    /** What each partition has. */
    private final List<List<QueueStatistics>> partitions =
            List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    QueuesTest() {
        engine.answerOther = (query, answer) -> {
            String one = query.getGetQueues().getQueue();
            answer.setQueues(new QueuesAnswer(partitions.get(answer.getPartition()).stream()
                    .filter(part -> one == null || one.equals(part.getQueue()))
                    .toList()));
        };
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldAddUpWhatAllPartitionsHave() {
        int home = engine.partitionOf("shop");
        for (int partition = 0; partition < InMemoryEngine.PARTITIONS; partition++) {
            QueueStatistics part = part("shop", 10 + partition, 1);
            part.setOldestEnqueuedAtMs(5_000L - partition);
            part.setEndedLastMinute(2);
            part.setBegunLastMinute(3);
            part.setWaitingFor(partition == home ? "a slot: 4 of 4 are held" : "its queue");
            if (partition == home) {
                part.setSettings(settings("shop"));
                part.setSlotsHeld(4L);
            }
            partitions.get(partition).add(part);
        }
        partitions.get((home + 1) % InMemoryEngine.PARTITIONS).add(part("alone", 0, 1));

        List<QueueDescription> queues = client.queues();

        assertEquals(
                List.of("alone", "default", "shop"),
                queues.stream().map(QueueDescription::queue).toList());
        QueueDescription shop = queues.get(2);
        assertTrue(shop.isDeclared());
        assertEquals(OptionalInt.of(4), shop.options().concurrency());
        assertEquals(33, shop.depth());
        assertEquals(3, shop.running());
        assertEquals(9, shop.begunLastMinute());
        assertEquals(6, shop.endedLastMinute());
        assertEquals(OptionalLong.of(4), shop.slotsHeld());
        assertEquals(Optional.of(Instant.ofEpochMilli(4_998)), shop.oldestEnqueuedAt());
        assertTrue(shop.oldestAge().orElseThrow().compareTo(Duration.ofDays(365)) > 0);
        assertEquals(Optional.of("a slot: 4 of 4 are held"), shop.waitingFor());
        assertEquals(Optional.of("ann"), shop.updatedBy());
        assertEquals(Optional.of(Instant.ofEpochMilli(77)), shop.updatedAt());
        QueueDescription alone = queues.get(0);
        assertFalse(alone.isDeclared());
        assertEquals(QueueOptions.unlimited(), alone.options());
        assertEquals(OptionalLong.empty(), alone.slotsHeld());
        assertEquals(Optional.empty(), alone.oldestAge());
        assertEquals(Optional.empty(), alone.updatedAt());
    }

    @Test
    void shouldSayWhatIsWaitedForOnlyWhereSomethingWaits() {
        QueueStatistics full = part("full", 0, 4);
        full.setSettings(settings("full"));
        full.setWaitingFor("a slot: 4 of 4 are held");
        partitions.get(engine.partitionOf("full")).add(full);

        assertEquals(Optional.empty(), client.queue("full").orElseThrow().waitingFor());
    }

    @Test
    void shouldKnowOnlyQueuesThatWereDeclaredOrHaveSomethingOnThem() {
        partitions.forEach(part -> part.add(part("misspelled", 0, 0)));
        partitions.get(1).add(part("busy", 1, 0));
        QueueStatistics declared = part("declared", 0, 0);
        declared.setSettings(settings("declared"));
        partitions.get(engine.partitionOf("declared")).add(declared);

        assertEquals(Optional.empty(), client.queue("misspelled"));
        assertEquals(Optional.empty(), client.queue("never heard of"));
        assertEquals(1, client.queue("busy").orElseThrow().depth());
        assertTrue(client.queue("declared").orElseThrow().isDeclared());
        assertEquals(0, client.queueAsync("default").join().orElseThrow().depth());
        assertEquals(
                List.of("busy", "declared", "default"),
                client.queuesAsync().join().stream()
                        .map(QueueDescription::queue)
                        .toList());
    }

    @Test
    void shouldFailRatherThanAddUpSome() {
        engine.silentPartition = 1;

        assertThrows(EngineUnavailableException.class, client::queues);
        assertThrows(EngineUnavailableException.class, () -> client.queue("shop"));
    }

    @Test
    void shouldSayWhatAnOlderEngineAnswers() {
        engine.answerOther = (query, answer) -> answer.setError("it does not know the question");

        String message = assertThrows(MillraceException.class, client::queues).getMessage();
        assertTrue(message.contains("it does not know the question"), message);
    }

    @Test
    void shouldSendSettingsUnderTheQueuesName() {
        List<String> keys = new ArrayList<>();
        engine.decide = (command, reply) -> {
            keys.add(reply.getWorkflowId());
            return accepted(command, reply);
        };

        QueueResult result = client.setQueue(
                "shop",
                QueueOptions.unlimited().concurrency(4),
                CommandOptions.because("sale").commandId("c"));

        assertEquals(new QueueResult("c", "shop", Optional.of("set")), result);
        assertEquals(List.of("shop"), keys);
        Command sent = engine.commands.get(0);
        assertEquals(
                new SetQueue(QueueOptions.unlimited().concurrency(4).toSettings("shop"), false), sent.getSetQueue());
        assertEquals("sale", sent.getReason());
        assertEquals("tests", sent.getIssuer());
        assertEquals(
                "shop",
                client.setQueueAsync("shop", QueueOptions.unlimited()).join().queue());
    }

    @Test
    void shouldSayWhyAQueueWasNotSet() {
        engine.decide = (command, reply) -> CompletableFuture.completedFuture(reply.setOutcome(CommandOutcome.REJECTED)
                .setStatus(WorkflowStatus.UNKNOWN)
                .setReason("no queue has so many")
                .build());

        QueueRejectedException rejected =
                assertThrows(QueueRejectedException.class, () -> client.setQueue("shop", QueueOptions.unlimited()));

        assertEquals("shop", rejected.queue());
        assertEquals("no queue has so many", rejected.reason());
        assertEquals("the settings of queue \"shop\" were rejected: no queue has so many", rejected.getMessage());
    }

    @Test
    void shouldRefuseNamesThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> client.setQueue(" ", QueueOptions.unlimited()));
        assertThrows(IllegalArgumentException.class, () -> client.queue(""));
        assertThrows(LimitExceededException.class, () -> client.setQueue("x".repeat(257), QueueOptions.unlimited()));
        assertThrows(LimitExceededException.class, () -> client.enqueued("x".repeat(257), EnqueuedQuery.all()));
        assertEquals(List.of(), engine.commands);
    }

    private static CompletableFuture<CommandReply> accepted(Command command, CommandReply.Builder reply) {
        return CompletableFuture.completedFuture(reply.setOutcome(CommandOutcome.ACCEPTED)
                .setStatus(WorkflowStatus.UNKNOWN)
                .setReason("set")
                .build());
    }

    private static QueueStatistics part(String queue, long depth, long running) {
        return QueueStatistics.newBuilder()
                .setQueue(queue)
                .setDepth(depth)
                .setRunning(running)
                .build();
    }

    private static QueueSettings settings(String queue) {
        QueueSettings settings = QueueOptions.unlimited().concurrency(4).toSettings(queue);
        settings.setUpdatedAtMs(77);
        settings.setUpdatedBy("ann");
        return settings;
    }
}
