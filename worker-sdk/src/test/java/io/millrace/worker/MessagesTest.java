package io.millrace.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.payload.PayloadException;
import io.millrace.payload.TypeRef;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages and values, in one thread where nothing else is said: every wait parks at once. */
class MessagesTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private static List<String> run(Workflow<String, ?> workflow, String record) {
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            return List.copyOf(bench.run(record));
        }
    }

    /** Runs code that is handed the bench, so that it can make things happen while it runs. */
    private static List<String> runWithBench(BenchCode code, String record) {
        AtomicReference<TestBench> self = new AtomicReference<>();
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> code.run(ctx, self.get()))) {
            self.set(bench);
            return List.copyOf(bench.run(record));
        }
    }

    private interface BenchCode {
        Object run(WorkflowContext ctx, TestBench bench) throws Exception;
    }

    @Test
    void shouldReportAWaitForAMessageAndPark() {
        Workflow<String, ?> limited = (ctx, in) -> ctx.receive("orders", String.class, FIVE_SECONDS);
        assertEquals(List.of("receive 1 on orders until 1005000", "parked by 1 until 1005000"), run(limited, ""));
        Workflow<String, ?> unlimited = (ctx, in) -> ctx.receive(Messages.DEFAULT_TOPIC, String.class);
        assertEquals(List.of("receive 1 on default", "parked by 1 until " + NEVER), run(unlimited, ""));
    }

    @Test
    void shouldNotReportAWaitOnRecordAgainNorEndItByItsOwnClock() {
        try (TestBench bench =
                TestBench.inOneThread((ctx, in) -> ctx.receive("orders", String.class, Duration.ofDays(1)))) {
            Grant grant = Records.grant("w", 1, "1 receive orders WAITING due=1005000");
            bench.clock.advance(Duration.ofSeconds(60));
            assertEquals(List.of("parked by 1 until 1005000"), bench.run(grant));
        }
    }

    @Test
    void shouldReturnTheMessageOnRecord() {
        Workflow<String, ?> workflow = (ctx, in) -> ctx.receive("orders", new TypeRef<List<Integer>>() {}, FIVE_SECONDS)
                        .orElseThrow()
                        .get(1)
                + ctx.receive("names", String.class);
        String record = """
                1 receive orders COMPLETED [1,2]
                2 receive names COMPLETED "ann"
                """;
        assertEquals(List.of("completed \"2ann\" after 2"), run(workflow, record));
    }

    @Test
    void shouldReturnNothingWhereTheTimeRanOut() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            assertEquals(Optional.empty(), ctx.receive("orders", String.class, FIVE_SECONDS));
            return ctx.receiveOrNull("orders", String.class, FIVE_SECONDS);
        };
        String record = """
                1 receive orders COMPLETED
                2 receive orders COMPLETED
                """;
        assertEquals(List.of("completed null after 2"), run(workflow, record));
    }

    @Test
    void shouldGoOnWithAMessageThatComesWhileItWaits() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> ctx.receive("orders", String.class))) {
            bench.topics.grant(Records.grant("w", 1, ""));
            // The clock stands, so nothing but the call itself can have sent this.
            bench.awaitEachFact("receive 1 on orders");
            bench.topics.deliver(Records.ended("w", 1, "1 receive orders COMPLETED message=1 \"hi\""));
            bench.awaitEachFact("receive 1 on orders", "seen 1 message 1", "completed \"hi\" after 1");
        }
    }

    @Test
    void shouldFindAnEndThatCameBeforeTheWait() {
        List<String> facts = runWithBench(
                (ctx, bench) -> {
                    bench.topics.deliver(Records.ended("w", 1, "1 receive orders COMPLETED \"early\""));
                    return ctx.receive("orders", String.class);
                },
                "1 receive orders WAITING");
        assertEquals(List.of("completed \"early\" after 1"), facts);
    }

    @Test
    void shouldTakeTheLastWordOnAnEnd() {
        List<String> facts = runWithBench(
                (ctx, bench) -> {
                    bench.topics.deliver(Records.ended("w", 1, "1 receive orders COMPLETED message=4 \"phantom\""));
                    bench.topics.deliver(Records.ended("w", 1, "1 receive orders COMPLETED message=3 \"real\""));
                    return ctx.receive("orders", String.class);
                },
                "1 receive orders WAITING");
        assertEquals(List.of("seen 1 message 3 + completed \"real\" after 1"), facts);
    }

    @Test
    void shouldIgnoreEndsOfOtherExecutionsAndWhatIsNoEnd() {
        List<String> facts = runWithBench(
                (ctx, bench) -> {
                    bench.topics.deliver(Records.ended("w", 2, "1 receive orders COMPLETED \"newer\""));
                    bench.topics.deliver(Records.ended("w", 0, "1 receive orders COMPLETED \"older\""));
                    bench.topics.deliver(Records.ended("v", 1, "1 receive orders COMPLETED \"another's\""));
                    bench.topics.deliver(Records.ended("w", 1, "2 receive orders COMPLETED \"another step's\""));
                    bench.topics.deliver(Records.ended("w", 1, "1 receive orders WAITING"));
                    return ctx.receive("orders", String.class);
                },
                "1 receive orders WAITING");
        assertEquals(List.of("parked by 1 until " + NEVER), facts);
    }

    @Test
    void shouldGoOnInTheNextGrantWithWhatEndedWhileItWasParked() {
        Workflow<String, ?> workflow =
                (ctx, in) -> ctx.receive("orders", String.class) + ctx.receive("orders", String.class);
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            assertEquals(List.of("receive 1 on orders", "parked by 1 until " + NEVER), bench.run(""));
            String second = "1 receive orders COMPLETED message=1 \"a\"";
            assertEquals(
                    List.of("seen 1 message 1 + receive 2 on orders", "parked by 2 until " + NEVER),
                    bench.run(Records.grant("w", 2, second)));
            String third = """
                    1 receive orders COMPLETED "a"
                    2 receive orders COMPLETED message=2 "b"
                    """;
            assertEquals(
                    List.of("seen 2 message 2 + completed \"ab\" after 2"), bench.run(Records.grant("w", 3, third)));
        }
    }

    @Test
    void shouldConfirmThatTheTimeRanOut() {
        Workflow<String, ?> workflow = (ctx, in) -> ctx.receiveOrNull("orders", String.class, FIVE_SECONDS);
        assertEquals(
                List.of("seen 1 message 0 + completed null after 1"),
                run(workflow, "1 receive orders COMPLETED message=0"));
    }

    @Test
    void shouldConfirmAMessageBeforeItFailsToReadIt() {
        List<String> facts = run(
                (ctx, in) -> {
                    assertThrows(PayloadException.class, () -> ctx.receive("orders", Integer.class));
                    return ctx.step("a", String.class, () -> "A");
                },
                "1 receive orders COMPLETED message=9 \"no number\"");
        assertEquals(List.of("seen 1 message 9", "step 2 a #1 -> \"A\" + completed \"A\" after 2"), facts);
    }

    @Test
    void shouldNotTakeAFailureForATimeThatRanOut() {
        List<String> facts = run(
                (ctx, in) -> assertThrows(StepFailedException.class, () -> ctx.receive("orders", String.class))
                        .failureMessage(),
                "1 receive orders FAILED java.lang.IllegalStateException lost");
        assertEquals(List.of("completed \"lost\" after 1"), facts);
    }

    @Test
    void shouldSendAMessageAndWaitUntilItIsTaken() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            ctx.send("other", "orders", Map.of("id", 7));
            return "sent";
        })) {
            bench.topics.grant(Records.grant("w", 1, ""));
            bench.awaitEachFact("send 1 to other on orders {\"id\":7}");
            bench.topics.deliver(Records.ended("w", 1, "1 send orders COMPLETED"));
            bench.awaitEachFact("send 1 to other on orders {\"id\":7}", "completed \"sent\" after 1");
        }
    }

    @Test
    void shouldThrowWhereAMessageIsNotTaken() {
        String reason = "it is COMPLETED";
        String rejected = "1 send orders FAILED io.millrace.MessageRejected " + reason;
        BenchCode code = (ctx, bench) -> {
            bench.topics.deliver(Records.ended("w", 1, rejected));
            MessageRejectedException refused =
                    assertThrows(MessageRejectedException.class, () -> ctx.send("other", "orders", "hi"));
            assertEquals("other", refused.workflowId());
            return refused.getMessage();
        };
        String end = "completed \"workflow other did not take the message: it is COMPLETED\" after 1";
        assertEquals(List.of(end), runWithBench(code, "1 send orders WAITING"));
        assertEquals(List.of(end), runWithBench(code, rejected));
    }

    @Test
    void shouldNotSendAMessageOnRecordAgain() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            ctx.send("other", "orders", "hi");
            return "sent";
        };
        assertEquals(List.of("parked by 1 until " + NEVER), run(workflow, "1 send orders WAITING"));
        assertEquals(List.of("completed \"sent\" after 1"), run(workflow, "1 send orders COMPLETED"));
    }

    @Test
    void shouldNameTheStepThatARefusedMessageWas() {
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> {
            ctx.send("other", "orders", "hi");
            return null;
        })) {
            bench.run("1 send orders FAILED x.Refused no such workflow");
            var failed = bench.topics
                    .events
                    .get(bench.topics.events.size() - 1)
                    .event()
                    .getFacts()
                    .get(0)
                    .getWorkflowFailed();
            assertEquals(1, failed.getFailedStep());
            assertEquals(1, failed.getFailedAfterStep());
        }
    }

    @Test
    void shouldSetValuesOnce() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            ctx.setValue("progress", List.of(1, 2));
            ctx.setValue("progress", null);
            return ctx.step("a", String.class, () -> "A");
        };
        assertEquals(
                List.of("set 1 progress [1,2] + set 2 progress null", "step 3 a #1 -> \"A\" + completed \"A\" after 3"),
                run(workflow, ""));
        String record = """
                1 set_value progress COMPLETED [1,2]
                2 set_value progress COMPLETED
                3 step a COMPLETED "A"
                """;
        assertEquals(List.of("completed \"A\" after 3"), run(workflow, record));
    }

    @Test
    void shouldFindAnotherTopicOrKeyOnRecord() {
        String receive = run((ctx, in) -> ctx.receive("orders", String.class), "1 receive others COMPLETED \"hi\"")
                .get(0);
        assertTrue(
                receive.contains("the record has a wait for a message on topic \"others\", but the code came to a wait"
                        + " for a message on topic \"orders\""),
                receive);
        String value = run(
                        (ctx, in) -> {
                            ctx.setValue("k", 1);
                            return null;
                        },
                        "1 send k COMPLETED")
                .get(0);
        assertTrue(
                value.contains("the record has a message on topic \"k\", but the code came to the value \"k\""), value);
    }

    @Test
    void shouldRefuseBadArgumentsWithoutTakingANumber() {
        String tooLong = "x".repeat(257);
        List<String> facts = run(
                (ctx, in) -> {
                    for (String name : List.of("", tooLong)) {
                        assertThrows(IllegalArgumentException.class, () -> ctx.receive(name, String.class));
                        assertThrows(IllegalArgumentException.class, () -> ctx.send("w", name, "hi"));
                        assertThrows(IllegalArgumentException.class, () -> ctx.send(name, "t", "hi"));
                        assertThrows(IllegalArgumentException.class, () -> ctx.setValue(name, "hi"));
                    }
                    for (Duration wait : List.of(Duration.ofMillis(-1), Duration.ofDays(36_526))) {
                        assertThrows(IllegalArgumentException.class, () -> ctx.receive("t", String.class, wait));
                    }
                    assertThrows(NullPointerException.class, () -> ctx.send("w", "t", null));
                    return "done";
                },
                "");
        assertEquals(List.of("completed \"done\" after 0"), facts);
    }

    @Test
    void shouldTakeNamesOfTheLargestLengthAndAWaitOfNoTime() {
        String name = "ü".repeat(256);
        List<String> facts = run((ctx, in) -> ctx.receive(name, String.class, Duration.ZERO), "");
        assertEquals(List.of("receive 1 on " + name + " until 1000000", "parked by 1 until 1000000"), facts);
    }

    @Test
    void shouldRefuseTooLargePayloadsWithoutTakingANumber() {
        byte[] large = new byte[Limits.MAX_PAYLOAD_BYTES];
        List<String> facts = run(
                (ctx, in) -> {
                    String message = assertThrows(PayloadException.class, () -> ctx.send("w", "t", large))
                            .getMessage();
                    assertTrue(message.startsWith("the message on topic \"t\" has 655362 bytes"), message);
                    String value = assertThrows(PayloadException.class, () -> ctx.setValue("k", large))
                            .getMessage();
                    assertTrue(value.startsWith("the value \"k\" has 655362 bytes"), value);
                    return "done";
                },
                "");
        assertEquals(List.of("completed \"done\" after 0"), facts);
    }

    @Test
    void shouldEndAWaitForAMessageWhenTheWorkflowIsCancelled() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            try {
                return ctx.receive("orders", String.class);
            } finally {
                ctx.shielded(() -> ctx.setValue("state", ctx.receive("last-words", String.class)));
            }
        })) {
            bench.topics.grant(Records.grant("w", 1, ""));
            bench.awaitEachFact("receive 1 on orders");
            bench.cancel("w", 1);
            String[] told = {
                "receive 1 on orders", "cancel surfaced at 1.0", "step 1 orders #1 cancelled", "receive 2 on last-words"
            };
            bench.awaitEachFact(told);
            bench.topics.deliver(Records.ended("w", 1, "2 receive last-words COMPLETED \"bye\""));
            bench.awaitEachFact(Stream.concat(Stream.of(told), Stream.of("set 3 state \"bye\"", "cancelled after 3"))
                    .toArray(String[]::new));
        }
    }
}
