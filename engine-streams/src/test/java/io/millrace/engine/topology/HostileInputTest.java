package io.millrace.engine.topology;

import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.topology.EngineUnderTest.completed;
import static io.millrace.engine.topology.EngineUnderTest.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Credit;
import io.millrace.schemas.Failure;
import io.millrace.schemas.GetQueues;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stray producer can put on a topic: it is refused with a reason, and the partition goes on. */
class HostileInputTest {
    private final EngineUnderTest engine = new EngineUnderTest();

    @AfterEach
    void shouldStillRunWorkflows() {
        engine.workerIsAlive("w", "demo");
        engine.credit("w", 0, 10);
        engine.start("after", demo());
        engine.report("after", "w", 1, completed(0));
        assertEquals(WorkflowStatus.COMPLETED, engine.lastStatus().getStatus());
        assertTrue(engine.largestRecord() <= Limits.MAX_RECORD_BYTES - 1_000, "a record would not fit Kafka");
        engine.close();
    }

    @Test
    void shouldPutAsideWhatNoAnswerCanName() {
        String endless = "x".repeat(400_000);
        engine.command("a", Samples.startCommand(endless, demo()));
        engine.command(endless, Samples.startCommand("c", demo()));
        engine.report(endless, "w", 1, stepCompleted(1, "1"));
        engine.events("w", new WorkerEvent(endless, 1L, List.of(Samples.stepCompleted(1)), null, null));
        engine.put(
                Topic.QUERIES,
                "any",
                Query.newBuilder().setQueryId(endless).setAnswerPartition(0).build());
        assertEquals(
                List.of(
                        "the command id has 400000 characters; even an answer could not name it with more than 16384",
                        "the workflow id has 400000 characters; even an answer could not name it with more than 16384",
                        "the workflow id has 400000 characters; even an answer could not name it with more than 16384",
                        "the worker id has 400000 characters; the limit is 256",
                        "the query id has 400000 characters; even an answer could not name it with more than 16384"),
                engine.deadLetterReasons());
    }

    @Test
    void shouldRefuseInAnAnswerWhatAnAnswerCanName() {
        engine.command("a".repeat(257), Samples.startCommand("c".repeat(257), demo()));
        CommandReply reply = engine.replies().get(0);
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
        assertEquals("the workflow id has 257 characters; the limit is 256", reply.getReason());
    }

    @Test
    void shouldPutAsideEventsOfWorkersThatNoKeyCanHold() {
        for (String workerId : List.of("", "a\u0000b", "a\nb")) {
            engine.report("a", workerId, 1, Samples.eagerlyStarted(demo()));
        }
        assertEquals(3, engine.deadLetters().size());
        assertEquals(List.of(), engine.history());
    }

    @Test
    void shouldPutAsideCreditForGrantsThatWereNeverMade() {
        engine.events("w", new WorkerEvent("w", 0L, List.of(), new Credit(-1L, 1, false), null));
        engine.events("w", new WorkerEvent("w", 0L, List.of(), new Credit(Long.MAX_VALUE, 1, false), null));
        assertEquals(2, engine.deadLetters().size());
    }

    @Test
    void shouldNotBelieveNegativeCredit() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 5, Integer.MIN_VALUE);
        engine.start("a", demo());
        assertEquals(WorkflowStatus.ENQUEUED, engine.lastStatus().getStatus());
        engine.credit("w1", 5, 1);
        assertEquals(6, engine.inboxOf("w1").get(1).getGrant().getNumber());
    }

    @Test
    void shouldPutAsideARecordWhoseHistoryWouldNotFit() {
        engine.raw(Topic.EVENTS, "a", new byte[InboundRecords.MAX_BYTES + 1]);
        assertEquals(List.of("the record has 1015821 bytes; the limit is 1015820"), engine.deadLetterReasons());
    }

    @Test
    void shouldSayWhereARecordIsThatTheDeadLettersCannotHold() {
        engine.raw(Topic.EVENTS, "a", new byte[Limits.MAX_RECORD_BYTES]);
        engine.rawWithHeader(Topic.EVENTS, "a", new byte[Limits.MAX_RECORD_BYTES]);
        for (TestRecord<byte[], byte[]> letter : engine.deadLetters()) {
            assertNull(letter.value());
            assertNotNull(letter.headers().lastHeader("__streams.errors.offset"));
            String reason = new String(
                    letter.headers()
                            .lastHeader(DeadLetterHandler.NOT_COPIED_HEADER)
                            .value(),
                    StandardCharsets.UTF_8);
            assertTrue(reason.endsWith("too large to be copied; it stays where it was received"), reason);
        }
    }

    @Test
    void shouldTakeARecordWithTheMostFacts() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        WorkerFact[] facts = new WorkerFact[Limits.MAX_FACTS_PER_EVENT];
        for (int i = 0; i < facts.length; i++) {
            facts[i] = stepCompleted(i + 1, "\"" + "x".repeat(960) + "\"");
        }
        engine.report("a", "w1", 1, facts);
        assertEquals(List.of(), engine.deadLetterReasons());
        assertEquals(1_000, engine.history().get(1).getFacts().size());
    }

    @Test
    void shouldListFailuresInAnswersThatFit() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 100);
        String wide = "\u4e16".repeat(Limits.MAX_FAILURE_MESSAGE_CHARS);
        WorkerFact failed = new WorkerFact();
        failed.setWorkflowFailed(new WorkflowFailed(new Failure(wide, wide, wide), 0, null, null));
        for (int i = 0; i < 50; i++) {
            engine.start("a" + i, demo());
            engine.report("a" + i, "w1", 1, failed);
        }
        ListWorkflows list = ListWorkflows.newBuilder().setLimit(50).build();
        Query query = Query.newBuilder()
                .setQueryId("q")
                .setAnswerPartition(0)
                .setListWorkflows(list)
                .build();
        Set<String> seen = new HashSet<>();
        do {
            var page = engine.ask(query).getWorkflows();
            page.getWorkflows().forEach(state -> seen.add(state.getWorkflowId()));
            list.setAfter(page.getNext());
        } while (list.getAfter() != null);
        assertEquals(50, seen.size());
    }

    @Test
    void shouldAnswerWithTheLargestWorkflowThereCanBe() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        Start start = demo();
        start.setInput(Samples.bytes(Limits.MAX_PAYLOAD_BYTES));
        start.setAttributes(Map.of("k", "\u4e16".repeat(Limits.MAX_ATTRIBUTES_CHARS - 1)));
        start.setQueue("default");
        engine.start("a", start);
        WorkerFact completed = completed(0);
        completed.getWorkflowCompleted().setOutput(Samples.bytes(Limits.MAX_PAYLOAD_BYTES));
        engine.report("a", "w1", 1, completed);
        Query query = Query.newBuilder()
                .setQueryId("q")
                .setAnswerPartition(0)
                .setGetWorkflow(new GetWorkflow("a"))
                .build();
        assertNotNull(engine.ask(query).getWorkflow().getInput());
    }

    @Test
    void shouldFireTimersWhateverElseIsParked() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 2);
        engine.start("a", demo());
        engine.start("b", demo());
        long dueAt = EngineUnderTest.BEGINNING.plusSeconds(1).toEpochMilli();
        engine.report("a", "w1", 1, Samples.sleepStarted(1, dueAt), Samples.parked(1, dueAt));
        engine.report("b", "w1", 1, Samples.sleepStarted(1, -5), Samples.parked(1, -5));
        engine.advance(Duration.ofMillis(10));
        engine.credit("w1", 2, 2);
        engine.inboxOf("w1");
        engine.advance(Duration.ofSeconds(1));
        assertEquals("a", engine.inboxOf("w1").get(0).getGrant().getWorkflowId());
    }

    @Test
    void shouldRefuseAFactWithoutABody() {
        engine.workerIsAlive("w1", "demo");
        engine.credit("w1", 0, 1);
        engine.start("a", demo());
        engine.report("a", "w1", 1, new WorkerFact());
        assertNotNull(engine.inboxOf("w1").get(1).getRevoked());
    }

    @Test
    void shouldTakeACommandWithoutABodyAsRefused() {
        Command command = Samples.startCommand("c", demo());
        command.setStart(null);
        engine.command("a", command);
        assertEquals(CommandOutcome.REJECTED, engine.replies().get(0).getOutcome());
    }

    @Test
    void shouldAskNoQueueForACommandOfTwoMinds() {
        engine.start("a", demo());
        engine.replies();
        Command two = Commands.send("c2", "topic", "hello");
        two.setMoveToQueue(new MoveToQueue("q".repeat(400_000), null, null));
        engine.command("a", two);
        assertEquals(CommandOutcome.REJECTED, engine.replies().get(0).getOutcome());
    }

    @Test
    void shouldKeepNothingOfADeclarationThatNoAnswerCouldCarry() {
        String endless = "x".repeat(700_000);
        engine.command("q", declaration("c1", "q", endless));
        Command byEndless = declaration("c2", "q", "limit 3");
        byEndless.setIssuer(endless);
        engine.command("q", byEndless);
        assertEquals(
                List.of(
                        "the text of what is declared has 700000 characters; the limit is 1000",
                        "the issuer has 700000 characters; the limit is 256"),
                engine.replies().stream().map(CommandReply::getReason).toList());
    }

    @Test
    void shouldSayThatThereAreMoreQueuesThanAnAnswerCanHold() {
        for (int i = 0; i < 600; i++) {
            String queue = "\u6c34".repeat(250) + i;
            engine.command(queue, declaration("c" + i, queue, "limit 3"));
        }
        Query all = Query.newBuilder()
                .setQueryId("")
                .setAnswerPartition(0)
                .setGetQueues(new GetQueues(null))
                .build();
        String error = engine.ask(all).getError();
        assertNotNull(error);
        assertTrue(error.startsWith("there are 601 queues, and no more than the first "), error);
    }

    private static Command declaration(String commandId, String queue, String declared) {
        QueueSettings settings = QueueSettings.newBuilder()
                .setQueue(queue)
                .setConcurrency(3)
                .setDeclared(declared)
                .build();
        Command command = Commands.empty(commandId);
        command.setSetQueue(new SetQueue(settings, true));
        return command;
    }

    @Test
    void shouldAnswerAQueryForNothing() {
        Query query = Query.newBuilder().setQueryId("").setAnswerPartition(-7).build();
        assertNotNull(engine.ask(query).getError());
    }
}
