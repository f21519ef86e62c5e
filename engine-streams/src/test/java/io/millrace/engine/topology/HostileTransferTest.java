package io.millrace.engine.topology;

import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Reports;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.CancelSurfaced;
import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.StopChild;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a stray producer can put among the transfers and the commands: it is refused, nothing has changed, and the partition goes on. */
class HostileTransferTest {
    private final EngineUnderTest engine = new EngineUnderTest();

    @BeforeEach
    void shouldRunAWorkflow() {
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        engine.history();
        engine.inboxOf("w1");
        engine.replies();
        engine.statuses();
    }

    @AfterEach
    void shouldStillRunWorkflows() {
        engine.workerTakes("w", 10);
        engine.start("after", demo());
        engine.report("after", "w", 1, completed(0));
        assertEquals(WorkflowStatus.COMPLETED, engine.lastStatus().getStatus());
        assertTrue(engine.largestRecord() <= Limits.MAX_RECORD_BYTES - 1_000, "a record would not fit Kafka");
        engine.close();
    }

    @Test
    void shouldPutAsideWhatNoEngineSends() {
        Map<String, Consumer<Transfer>> wrongs = new LinkedHashMap<>();
        wrongs.put("the transfer tells nothing that this engine knows", transfer -> {});
        wrongs.put("the transfer tells 2 things in one", transfer -> {
            transfer.setStartChild(Transfers.startChild("p", 1).getStartChild());
            transfer.setStopChild(new StopChild(ParentClosePolicy.CANCEL, null));
        });
        wrongs.put("the id of the workflow that sent it has a control character in it", transfer -> {
            transfer.setFromWorkflowId("a\u0000b");
            transfer.setStopChild(new StopChild(ParentClosePolicy.CANCEL, null));
        });
        wrongs.put("the queue has a control character in it", transfer -> {
            transfer.setStartChild(Transfers.startChild("p", 1).getStartChild());
            transfer.getStartChild().getStart().setQueue("a\u0000b");
        });
        wrongs.put("the deadline is -1; times are counted from 1970", transfer -> {
            transfer.setStartChild(Transfers.startChild("p", 1).getStartChild());
            transfer.getStartChild().setDeadlineMs(-1L);
        });
        wrongs.put(
                "the reason has 2001 characters; the limit is 2000",
                transfer -> transfer.setStopChild(new StopChild(ParentClosePolicy.CANCEL, "r".repeat(2_001))));
        wrongs.put("the message of the failure has 8193 characters; the limit is 8192", transfer -> {
            transfer.setChildNews(Transfers.news("c", 1, WorkflowStatus.FAILED).getChildNews());
            ChildEnded ended = transfer.getChildNews().getEnded();
            ended.setFailure(Samples.failure("m".repeat(8_193)));
        });
        wrongs.put(
                "the topic has 900000 characters; the limit is 256",
                transfer -> transfer.setMessage(
                        Transfers.message("s", 1, "t".repeat(900_000), "x").getMessage()));
        wrongs.put("part 1 of a fork is without the start; the first part has it, and no other one", transfer -> {
            transfer.setForkPart(Transfers.forkPart("s", "f", 1, false).getForkPart());
            transfer.getForkPart().setStart(null);
        });
        wrongs.put("part 2 of a fork has a start; the first part has it, and no other one", transfer -> {
            transfer.setForkPart(Transfers.forkPart("s", "f", 2, false).getForkPart());
            transfer.getForkPart().setStart(demo());
        });
        wrongs.put(
                "it reports step 0; steps are numbered from 1 to 100000",
                transfer -> transfer.setForkPart(
                        Transfers.forkPart("s", "f", 1, false, 0).getForkPart()));
        wrongs.put("step 1 is WAITING; only steps that have ended are copied", transfer -> {
            transfer.setForkPart(Transfers.forkPart("s", "f", 1, false, 1).getForkPart());
            RecordedStep step = transfer.getForkPart().getCopied().getSteps().get(0);
            step.setStatus(StepStatus.WAITING);
        });
        wrongs.put(
                "the command id has 300 characters; the limit is 256",
                transfer -> transfer.setForkReceipt(
                        Transfers.forkReceipt("f", "c".repeat(300)).getForkReceipt()));
        wrongs.forEach((reason, wrong) -> {
            Transfer transfer = Transfers.from("stranger");
            wrong.accept(transfer);
            for (String key : List.of("a", "new")) {
                engine.put(Topic.TRANSFERS, key, transfer);
            }
            assertEquals(List.of(reason, reason), engine.deadLetterReasons());
        });
        mustBeUnchanged();
    }

    @Test
    void shouldPutAsideTransfersToIdsThatNoKeyCanHold() {
        for (String id : List.of("", "a\u0000b", "i".repeat(257), "x".repeat(400_000))) {
            engine.put(Topic.TRANSFERS, id, Transfers.startChild("p", 1));
        }
        assertEquals(4, engine.deadLetters().size());
        mustBeUnchanged();
    }

    @Test
    void shouldIgnoreStrangers() {
        engine.report("a", "w1", 1, childStarted(1, "c"));
        engine.history();
        engine.transfers();
        engine.statuses();
        for (String key : List.of("a", "c", "nobody")) {
            engine.put(Topic.TRANSFERS, key, Transfers.stopChild("stranger", ParentClosePolicy.CANCEL));
            engine.put(Topic.TRANSFERS, key, Transfers.stopChild("stranger", ParentClosePolicy.TERMINATE));
            engine.put(Topic.TRANSFERS, key, Transfers.news("stranger", 1, WorkflowStatus.COMPLETED));
            engine.put(Topic.TRANSFERS, key, Transfers.news("c", 7, WorkflowStatus.COMPLETED));
            engine.put(Topic.TRANSFERS, key, Transfers.receipt("stranger", 1, 0));
            engine.put(Topic.TRANSFERS, key, Transfers.forkPart("stranger", "f", 2, false, 1));
            engine.put(Topic.TRANSFERS, key, Transfers.forkReceipt("stranger", "f"));
        }
        assertEquals(List.of(), engine.deadLetterReasons());
        assertEquals(
                3, engine.replies().size(), "who may have asked a purged one for a fork is answered, on no record");
        mustBeUnchanged();
    }

    @Test
    void shouldPutAsideBytesThatAreNoTransfer() {
        engine.raw(Topic.TRANSFERS, "a", new byte[] {1, 2, 3});
        engine.raw(Topic.TRANSFERS, "a", new byte[InboundRecords.MAX_BYTES + 1]);
        assertEquals(2, engine.deadLetters().size());
        mustBeUnchanged();
    }

    private void mustBeUnchanged() {
        assertEquals(List.of(), engine.history());
        assertEquals(List.of(), engine.statuses());
        assertEquals(List.of(), engine.replies());
    }

    @Test
    void shouldRefuseACommandOfTwoMinds() {
        Command two = Commands.cancel("c2");
        two.setPause(Commands.pause("c2").getPause());
        engine.command("a", two);
        assertRefused(
                "the command has not exactly one body that this engine knows; is the engine older than the client?");
        Command fork = Commands.fork("c3", "f".repeat(257), 1);
        engine.command("a", fork);
        assertRefused("the id of the fork has 257 characters; the limit is 256");
        Command endless = Commands.rewind("c4", Commands.named("n".repeat(900_000)));
        engine.command("a", endless);
        assertRefused("the workflow is RUNNING: only a closed one can be rewound; fork it");
        Command why = Commands.terminate("c5");
        why.setReason("r".repeat(900_000));
        engine.command("a", why);
        assertRefused("the reason has 900000 characters; the limit is 2000");
        assertEquals(List.of(), engine.statuses());
    }

    private void assertRefused(String reason) {
        CommandReply reply = engine.replies().get(0);
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
        assertEquals(reason, reply.getReason());
        assertEquals(WorkflowStatus.RUNNING, reply.getStatus());
    }

    @Test
    void shouldPutAsideAReportWhoseConsequencesNoRecordCouldHold() {
        engine.command("a", Commands.cancel("x"));
        engine.history();
        engine.statuses();
        List<WorkerFact> facts = new ArrayList<>();
        for (int seq = 1; seq <= 1_000; seq++) {
            WorkerFact child = childStarted(seq, "c" + seq);
            child.getChildStarted().getStart().setInput(Samples.bytes(900));
            facts.add(child);
        }
        engine.report("a", "w1", 1, facts.toArray(WorkerFact[]::new));
        String reason = engine.deadLetterReasons().get(0);
        assertTrue(reason.contains("what the record adds would make a row of"), reason);
        assertEquals(List.of(), engine.history());
        engine.report("a", "w1", 1, stepCompleted(1));
        assertEquals(1, engine.history().size());
    }

    @Test
    void shouldNotListMoreThanItsRowCanHold() {
        String wide = "\u4e16".repeat(Limits.MAX_NAME_CHARS);
        for (int i = 0; i < Limits.MAX_PENDING_MESSAGES; i++) {
            engine.command("a", Commands.send("m" + i, wide, "x"));
        }
        List<WorkerFact> children = new ArrayList<>();
        for (int seq = 1; seq <= Limits.MAX_WAITING_STEPS; seq++) {
            WorkerFact child = childStarted(seq, wide.substring(5) + seq);
            child.getChildStarted().getStart().setWorkflowType(wide);
            children.add(child);
        }
        int half = children.size() / 2;
        engine.report("a", "w1", 1, children.subList(0, half).toArray(WorkerFact[]::new));
        assertEquals(List.of(), engine.deadLetterReasons());
        engine.report("a", "w1", 1, children.subList(half, 2 * half).toArray(WorkerFact[]::new));
        String reason = engine.deadLetterReasons().get(0);
        assertTrue(reason.contains("would make a row of"), reason);
    }

    @Test
    void shouldSendBackReportsOfPlacesThatNoCodeHas() {
        for (WorkerFact wrong : List.of(
                Reports.failedBy(0, 1, 1),
                Reports.failedBy(1, Integer.MAX_VALUE, 1),
                surfacedAt(-1, 0),
                surfacedAt(Integer.MAX_VALUE, 0),
                surfacedAt(1, -1))) {
            String id = "b" + System.identityHashCode(wrong);
            engine.workerTakes("w2", 100);
            engine.start(id, demo());
            engine.command(id, Commands.cancel("cancel-" + id));
            engine.inboxOf("w2");
            engine.report(id, "w2", 1, wrong);
            String reason = engine.inboxOf("w2").stream()
                    .filter(message -> message.getRevoked() != null)
                    .findFirst()
                    .orElseThrow()
                    .getRevoked()
                    .getReason();
            assertTrue(reason.startsWith("it failed") || reason.startsWith("it was told"), reason);
        }
    }

    private static WorkerFact surfacedAt(int afterStep, int point) {
        WorkerFact fact = new WorkerFact();
        fact.setCancelSurfaced(new CancelSurfaced(afterStep, point));
        return fact;
    }
}
