package io.millrace.standalone.fuzz;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.standalone.crash.Children;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A server under bad input, as many as {@code millrace.fuzz.inputs} says: it stays up and answers, what runs on it comes to its right
 * results, each record that nobody could use is a dead letter once and each command is answered once, and the server holds no more in the end
 * than at the first quarter.
 */
final class FuzzIT {
    /** A few seconds of it. {@code dev/fuzz} gives it more. */
    private static final int INPUTS = 4_000;

    /** So many between two looks at whether good workflows come through: what waits before the engine stays short. */
    private static final int ROUND = 2_000;

    private static final Duration COMING_TO_REST = Duration.ofMinutes(3);

    /** Most that is alive on the heap at the end, beyond a half more than at the first quarter: tables that are still filling up then. */
    private static final long HEAP_SLACK_BYTES = 48L << 20;

    /** Most that is resident beyond a half more: how much of its heap the virtual machine gives back is its own affair. */
    private static final long RESIDENT_SLACK_BYTES = 192L << 20;

    /** More threads at the end than at the first quarter: pools that had not been full yet. */
    private static final int THREAD_SLACK = 12;

    private static final int OBJECTIONS_SHOWN = 20;

    @RegisterExtension
    final Children children = new Children();

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final int inputs = Integer.getInteger("millrace.fuzz.inputs", INPUTS);
    private final List<ProcessReading> readings = new ArrayList<>();

    @Test
    void shouldStandWhateverIsSent() throws Exception {
        System.out.println("bad input: send it again with dev/fuzz --seed " + seed + " --inputs " + inputs);
        try (FuzzServer server = FuzzServer.start(children);
                MillraceClient client = connect(server);
                GoodWork good = new GoodWork(server, client, "good");
                GoodWork attacked = new GoodWork(server, client, "attacked")) {
            List<String> lasting = good.startLasting();
            good.comeThrough();
            attacked.comeThrough();
            String workerId = attacked.workerId();
            var records = new HostileRecords(seed, new HostileRecords.Targets(workerId, lasting));
            try (Bombardment bombardment = new Bombardment(server, records, new HostileRequests(seed, server.port()))) {
                sendAll(server, bombardment, good);
                settle(server, bombardment);
            }
            good.endLasting();
            attacked.comeThrough();
            assertEquals(workerId, attacked.workerId(), "the attacked worker has lost nothing and begun nothing anew");
            assertTrue(server.isReady(), "the server is ready after all");
            assertEquals(List.of(), server.errors(), "errors in the log");
            checkThatMemoryIsFlat();
        }
    }

    private static MillraceClient connect(FuzzServer server) {
        return MillraceClient.builder()
                .namespace(FuzzServer.NAMESPACE.name())
                .issuer("fuzz")
                .requestTimeout(Duration.ofMinutes(2))
                .connect(server.bootstrapServers());
    }

    private void sendAll(FuzzServer server, Bombardment bombardment, GoodWork good) throws Exception {
        long only = Long.getLong("millrace.fuzz.only", -1);
        if (only >= 0) {
            System.out.println(bombardment.describe(only));
            bombardment.send(only, only + 1);
            read(server);
            read(server);
            return;
        }
        long began = System.nanoTime();
        int quarters = 0;
        for (int number = 0; number < inputs; number += ROUND) {
            int next = Math.min(number + ROUND, inputs);
            bombardment.send(number, next);
            good.comeThrough();
            assertTrue(server.process().isAlive(), "the server is alive");
            while (quarters < 4 && next >= (long) inputs * (quarters + 1) / 4) {
                quarters++;
                System.out.printf("  %d %%: %s%n", quarters * 25, read(server));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("  %d inputs in %.1f s, %.0f a second%n", inputs, seconds, inputs / seconds);
    }

    private ProcessReading read(FuzzServer server) throws Exception {
        ProcessReading reading = ProcessReading.of(server.process().pid());
        readings.add(reading);
        return reading;
    }

    /** Waits until nothing is under way any more, and judges what became of every record. */
    private static void settle(FuzzServer server, Bombardment bombardment) {
        SentRecords sent = bombardment.sent();
        try (Outcomes outcomes = new Outcomes(server.bootstrapServers())) {
            List<String> objections = new ArrayList<>();
            try {
                await().atMost(COMING_TO_REST)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            outcomes.read();
                            objections.clear();
                            objections.addAll(sent.objections(outcomes));
                            return objections.isEmpty();
                        });
            } catch (org.awaitility.core.ConditionTimeoutException e) {
                objections.stream().limit(OBJECTIONS_SHOWN).forEach(System.out::println);
                throw new AssertionError(objections.size() + " records had another end than they should", e);
            } finally {
                System.out.println("  " + sent.count() + " records for the engine, "
                        + outcomes.letters().size() + " dead letters, requests answered " + bombardment.statuses());
                outcomes.reasons().forEach((reason, times) -> System.out.printf("  %7d %.150s%n", times, reason));
            }
            assertEquals(List.of(), outcomes.twice(), "records that are dead letters more than once");
        }
    }

    private void checkThatMemoryIsFlat() {
        ProcessReading first = readings.get(0);
        ProcessReading last = readings.get(readings.size() - 1);
        assertTrue(
                last.heapBytes() <= first.heapBytes() * 3 / 2 + HEAP_SLACK_BYTES, () -> "the heap grows: " + readings);
        assertTrue(
                last.residentBytes() <= first.residentBytes() * 3 / 2 + RESIDENT_SLACK_BYTES,
                () -> "the process grows: " + readings);
        assertTrue(last.threads() <= first.threads() + THREAD_SLACK, () -> "threads come on top: " + readings);
    }
}
