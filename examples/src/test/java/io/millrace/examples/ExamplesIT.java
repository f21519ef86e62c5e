package io.millrace.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.examples.approval.Approval;
import io.millrace.examples.cancelcleanup.CancelCleanup;
import io.millrace.examples.children.Children;
import io.millrace.examples.commands.OrderService;
import io.millrace.examples.consoleproducer.ConsoleProducer;
import io.millrace.examples.forkfix.ForkFix;
import io.millrace.examples.heartbeats.Heartbeats;
import io.millrace.examples.liveupdates.LiveUpdates;
import io.millrace.examples.queues.Queues;
import io.millrace.examples.statusfollower.StatusFollower;
import io.millrace.examples.tracing.Tracing;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each example, as its reader would run it. */
@Timeout(120)
final class ExamplesIT {
    private static EmbeddedBroker broker;
    private static MillraceEngine engine;

    @BeforeAll
    static void start(@TempDir Path directory) {
        broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
        engine = MillraceEngine.start(EngineConfig.builder()
                .bootstrapServers(broker.bootstrapServers())
                .stateDir(directory)
                .replicationFactor(1)
                .build());
        await("the engine to be ready").atMost(Duration.ofSeconds(60)).until(engine::isReady);
    }

    @AfterAll
    static void stop() {
        engine.close();
        broker.close();
    }

    @Test
    void shouldCommandWorkflowsWithoutOurClient() {
        List<String> printed = run(OrderService::main);
        assertEquals(3, printed.size(), printed.toString());
        assertTrue(printed.get(0).matches("PLACED: ACCEPTED, workflow order-\\w+ is ENQUEUED"), printed.get(0));
        assertTrue(printed.get(1).matches("WITHDRAWN: ACCEPTED, workflow order-\\w+ is CANCELLED.*"), printed.get(1));
        assertEquals(printed.get(1), printed.get(2));
    }

    @Test
    void shouldSendTheCommandsOfTheReadMe() throws IOException {
        InputStream before = System.in;
        try (InputStream lines = Files.newInputStream(Path.of("commands", "order-17.txt"));
                MillraceClient client = MillraceClient.connect(broker.bootstrapServers())) {
            System.setIn(lines);
            assertEquals(
                    List.of(
                            "sent command order-17/placed to workflow order-17",
                            "sent command order-17/withdrawn to workflow order-17"),
                    run(ExamplesIT::sendFromConsole));
            WorkflowHandle<String> order = client.workflow("order-17", String.class);
            assertThrows(CancelledWorkflowException.class, () -> order.result(Duration.ofSeconds(60)));
            assertEquals(
                    "the customer has changed their mind",
                    order.history()
                            .filter(event -> event.type().equals("cancelAsked"))
                            .map(event -> event.details().get("reason"))
                            .findFirst()
                            .orElseThrow());
        } finally {
            System.setIn(before);
        }
    }

    private static void sendFromConsole(String... args) {
        try {
            ConsoleProducer.main(args);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldMissNothingWhileItIsAway() {
        List<String> printed = run(ExamplesIT::followUpdates);
        int away = printed.indexOf("away");
        int back = printed.indexOf("back");
        assertTrue(count(printed.subList(0, away), "parcel-\\w+-to-Ada is (ENQUEUED|RUNNING|COMPLETED)") >= 2);
        assertEquals(List.of(), printed.subList(away + 1, back));
        List<String> caughtUp = printed.subList(back + 1, printed.size());
        assertEquals(1, count(caughtUp, "parcel-\\w+-to-Bob is COMPLETED"), printed.toString());
        assertEquals(0, count(caughtUp, ".*Ada.*"), printed.toString());
    }

    private static void followUpdates(String... args) {
        try {
            LiveUpdates.main(args);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldFollowTheStatusTopic() {
        List<String> printed = run(StatusFollower::main);
        assertTrue(count(printed, "doze-\\w+ \\(doze\\) is RUNNING and waits for .+") >= 1, printed.toString());
        assertEquals(2, count(printed, "doze-\\w+ \\(doze\\) is COMPLETED"), printed.toString());
        assertEquals(1, count(printed, "doze-\\w+ \\(doze\\) is FAILED by nobody dozes for -1 s"), printed.toString());
    }

    @Test
    void shouldGiveBackWhatWasBookedBeforeTheCancel() {
        List<String> printed = run(CancelCleanup::main);
        assertEquals(
                List.of(
                        "booked: flight to Lisbon",
                        "booked: hotel in Lisbon",
                        "the trip waits for the money",
                        "given back: hotel in Lisbon",
                        "given back: flight to Lisbon",
                        "the trip is CANCELLED"),
                printed.subList(0, 6));
        assertEquals(1, count(printed, "on record: .*give back the hotel in Lisbon, COMPLETED.*"), printed.toString());
    }

    @Test
    void shouldGoOnWithTheRowOfTheLastHeartbeat() {
        List<String> printed = run(Heartbeats::main);
        assertEquals("attempt 1 begins at row 1", printed.get(0));
        assertEquals("attempt 1 hangs at row 1000", printed.get(1));
        Matcher second = Pattern.compile("attempt 2 begins at row (\\d+)").matcher(printed.get(2));
        assertTrue(second.matches(), printed.get(2));
        int row = Integer.parseInt(second.group(1));
        assertTrue(row > 1 && row <= 1_001, printed.get(2));
        assertEquals("imported 2000 rows", printed.get(3));
        assertTrue(printed.get(4).endsWith("in 2 attempts"), printed.get(4));
    }

    @Test
    void shouldAddUpWhatTheChildrenReturn() {
        List<String> printed = run(Children::main);
        assertEquals("all shops together: 1400", printed.get(printed.size() - 1));
        assertEquals(3, count(printed, "(Porto|Braga|Faro) has sold \\d+"), printed.toString());
        assertTrue(
                count(printed, "without report-\\w+/3, which is FAILED: the books of Atlantis are under water") >= 1,
                printed.toString());
    }

    @Test
    void shouldPrintTheTraceOfAnOrderAndItsPayment() {
        assertEquals(
                List.of(
                        "a chair is paid",
                        "POST /orders",
                        "  start order",
                        "    run order",
                        "      step reserve",
                        "        PUT /stock",
                        "    run order",
                        "      start payment",
                        "        run payment",
                        "          step charge"),
                run(Tracing::main).subList(0, 10));
    }

    @Test
    void shouldGoOnWithAndWithoutADecision() {
        List<String> printed = run(Approval::main);
        assertEquals(1, count(printed, "asked for: a decision on a chair"), printed.toString());
        assertEquals(1, count(printed, "paid 300 euros for a chair"), printed.toString());
        assertEquals(1, count(printed, "the chief has approved a chair"), printed.toString());
        assertEquals("nobody has decided on a yacht within 5 s", printed.get(printed.size() - 1));
    }

    @Test
    void shouldGoOnInTheRepairedVersion() {
        List<String> printed = run(ForkFix::main);
        assertEquals(List.of("reserved the goods", "took 99 cents", "v1: ended as FAILED"), printed.subList(0, 3));
        assertEquals("v2: completed with an invoice of 99 cents", printed.get(3));
        assertTrue(printed.get(4).matches("a fork of invoice-\\w+ runs from step 3"), printed.get(4));
        assertEquals(5, printed.size(), printed.toString());
    }

    @Test
    void shouldPrintTheUrgentReportBeforeAllThatWait() {
        List<String> printed = run(ExamplesIT::printReports);
        assertTrue(printed.get(0).matches("asked for once more: report-\\w+-urgent is there"), printed.get(0));
        assertTrue(printed.get(1).matches("waits: 1\\. report-\\w+-urgent, priority 1"), printed.get(1));
        for (int n = 3; n <= 6; n++) {
            assertTrue(printed.get(n - 1).matches("waits: " + (n - 1) + "\\. report-\\w+-" + n + ", priority 100"));
        }
        // Two are printed at a time, in either order.
        assertEquals(Set.of("printed: number 1", "printed: number 2"), Set.copyOf(printed.subList(6, 8)));
        assertTrue(printed.subList(8, 10).contains("printed: the urgent one"), printed.toString());
        assertEquals(13, printed.size(), printed.toString());
    }

    private static void printReports(String... args) {
        try {
            Queues.main(args);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldRefuseWhatIsNoOption() {
        assertThrows(IllegalArgumentException.class, () -> Arguments.bootstrapServers("--bootstrap-server", "here"));
        assertEquals("localhost:9092", Arguments.bootstrapServers());
    }

    private static long count(List<String> printed, String pattern) {
        return printed.stream().filter(line -> line.matches(pattern)).count();
    }

    /** Runs the program until its end, and returns the lines that it printed. */
    private static List<String> run(Consumer<String[]> program) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.accept(new String[] {"--bootstrap-servers", broker.bootstrapServers()});
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        before.print(text);
        return text.lines().toList();
    }
}
