package io.millrace.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.ApiConfig;
import io.millrace.api.ApiServer;
import io.millrace.api.Readiness;
import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.examples.approval.Approval;
import io.millrace.examples.bulk.Bulk;
import io.millrace.examples.cancelcleanup.CancelCleanup;
import io.millrace.examples.children.Children;
import io.millrace.examples.commands.OrderService;
import io.millrace.examples.consoleproducer.ConsoleProducer;
import io.millrace.examples.control.Control;
import io.millrace.examples.eager.Eager;
import io.millrace.examples.firstworkflow.FirstWorkflow;
import io.millrace.examples.forkfix.ForkFix;
import io.millrace.examples.heartbeats.Heartbeats;
import io.millrace.examples.httpapi.HttpApi;
import io.millrace.examples.liveupdates.LiveUpdates;
import io.millrace.examples.queues.Queues;
import io.millrace.examples.schedule.Schedule;
import io.millrace.examples.statusfollower.StatusFollower;
import io.millrace.examples.tracing.Tracing;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
                    run(ConsoleProducer::main));
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

    @Test
    void shouldMissNothingWhileItIsAway() {
        List<String> printed = run(LiveUpdates::main);
        int away = printed.indexOf("away");
        int back = printed.indexOf("back");
        assertTrue(count(printed.subList(0, away), "parcel-\\w+-to-Ada is (ENQUEUED|RUNNING|COMPLETED)") >= 2);
        assertEquals(List.of(), printed.subList(away + 1, back));
        List<String> caughtUp = printed.subList(back + 1, printed.size());
        assertEquals(1, count(caughtUp, "parcel-\\w+-to-Bob is COMPLETED"), printed.toString());
        assertEquals(0, count(caughtUp, ".*Ada.*"), printed.toString());
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
        List<String> printed = run(Queues::main);
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

    @Test
    void shouldTryTheBankAgainAndAskForAReviewAtTheEnd() {
        List<String> printed = run(FirstWorkflow::main);
        assertEquals(
                List.of("attempt 1 to charge 9900 cents", "attempt 2 to charge 9900 cents"), printed.subList(0, 2));
        assertEquals(Set.of("printed the label for a chair", "packed a chair"), asideOf(printed));
        assertEquals(1, count(printed, "mailed: your parcel of 7000 g is on its way"), printed.toString());
        int asked = printed.indexOf("mailed: how do you like a chair?");
        assertTrue(
                printed.get(asked + 1)
                        .matches("done: Receipt\\[paymentId=payment for order-\\w+/1, label=label of a chair]"),
                printed.toString());
        assertEquals("on record: step 1 (charge, COMPLETED), attempts: 2", printed.get(asked + 2));
        assertEquals(6, count(printed, "on record: step \\d \\(.+, COMPLETED\\).*"), printed.toString());
    }

    /** Steps beside each other end in either order. */
    private static Set<String> asideOf(List<String> printed) {
        return printed.stream()
                .filter(line -> line.matches("(printed|packed) .*"))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldPauseResumeAndRewindAndSayWhoWantedIt() {
        assertEquals(
                List.of(
                        "kneads the rye",
                        "after pause: PAUSED",
                        "after the first attempt: FAILED",
                        "bakes the rye",
                        "after resume: a bread of rye",
                        "bakes the rye",
                        "after rewind: a bread of rye",
                        "on record: workflowStarted by the baker, because of nothing in particular",
                        "on record: paused by the baker, because the fire brigade is here",
                        "on record: unpaused by the baker, because it was only smoke",
                        "on record: reopened by the baker, because the oven is hot now",
                        "on record: reopened by a customer, because the crust is too pale"),
                run(Control::main));
    }

    @Test
    void shouldBeginLaterAndOnceAndEndAtTheDeadline() {
        List<String> printed = run(Schedule::main);
        assertEquals(
                List.of("the reminder is DELAYED", "asked for again: it is there", "rings at Ada's", "Ada is reminded"),
                printed.subList(0, 4));
        Matcher began =
                Pattern.compile("it began (\\d+) ms after it was asked for").matcher(printed.get(4));
        assertTrue(began.matches(), printed.get(4));
        // By the engine's clock alone, and never earlier, however slow the machine is.
        assertTrue(Long.parseLong(began.group(1)) >= 3_000, printed.get(4));
        assertEquals("the essay is TIMED_OUT after 2 s", printed.get(5));
        assertEquals(6, printed.size(), printed.toString());
    }

    @Test
    void shouldResumeOnlyTheMailsThatFailed() {
        List<String> printed = run(Bulk::main);
        assertEquals(List.of("bob@old", "eve@old", "zoe@old"), endsOf(printed, "not sent: newsletter-\\w+-to-(.+)"));
        int found = printed.indexOf("to be resumed: 3");
        assertEquals(5, found, printed.toString());
        assertEquals(
                Set.of("bob@old", "eve@old", "zoe@old"),
                Set.copyOf(endsOf(printed.subList(6, 9), "resumed: newsletter-\\w+-to-(.+)")));
        assertEquals("accepted: 3", printed.get(9));
        assertEquals(
                List.of("ada@new", "bob@old", "eve@old", "joe@new", "zoe@old"),
                endsOf(printed.subList(10, printed.size()), "sent: a mail to (.+)"));
    }

    private static List<String> endsOf(List<String> printed, String pattern) {
        return printed.stream()
                .map(Pattern.compile(pattern)::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    @Test
    void shouldBeginInTheProcessThatStartsIt() {
        List<String> printed = run(Eager::main);
        assertTrue(printed.get(0).matches("usual: start to result \\d+\\.\\d\\d ms \\(median\\)"), printed.get(0));
        assertEquals("usual: good day, Ada, granted by the engine", printed.get(1));
        assertTrue(printed.get(2).matches("eager: start to result \\d+\\.\\d\\d ms \\(median\\)"), printed.get(2));
        assertEquals("eager: good day, Ada, begun by this process", printed.get(3));
    }

    @Test
    void shouldDoItOverHttp() {
        try (MillraceClient client = MillraceClient.connect(broker.bootstrapServers());
                ApiServer api = ApiServer.start(ApiConfig.defaults().withPort(0), client, Readiness::yes)) {
            List<String> printed = run(HttpApi::main, "--server", "http://127.0.0.1:" + api.port());
            assertEquals(12, printed.size(), printed.toString());
            assertTrue(printed.get(1).matches("201 \\{.*http-\\w+-greeting.*"), printed.get(1));
            assertTrue(printed.get(3).matches("200 \\{.*\"good day, Ada\".*"), printed.get(3));
            assertTrue(printed.get(7).matches("202 \\{.*\"ACCEPTED\".*"), printed.get(7));
            assertTrue(printed.get(9).matches("409 \\{.*\"CANCELLED\".*"), printed.get(9));
            assertTrue(
                    printed.get(11).matches("200 \\{.*-greeting.*\"COMPLETED\".*-letter.*\"CANCELLED\".*"),
                    printed.get(11));
        }
    }

    @Test
    void shouldRefuseWhatIsNoOption() {
        assertThrows(IllegalArgumentException.class, () -> Arguments.bootstrapServers("--bootstrap-server", "here"));
        assertThrows(IllegalArgumentException.class, () -> Arguments.bootstrapServers("--bootstrap-servers"));
        assertEquals("localhost:9092", Arguments.bootstrapServers());
    }

    private static long count(List<String> printed, String pattern) {
        return printed.stream().filter(line -> line.matches(pattern)).count();
    }

    /** An example's {@code main}. */
    private interface Program {
        void main(String... args) throws Exception;
    }

    /** Runs the program until its end, and returns the lines that it printed. */
    private static List<String> run(Program program, String... furtherOptions) {
        List<String> options = new ArrayList<>(List.of("--bootstrap-servers", broker.bootstrapServers()));
        options.addAll(List.of(furtherOptions));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.main(options.toArray(String[]::new));
        } catch (Exception e) {
            throw new AssertionError("the example has ended by an error", e);
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        before.print(text);
        return text.lines().toList();
    }
}
