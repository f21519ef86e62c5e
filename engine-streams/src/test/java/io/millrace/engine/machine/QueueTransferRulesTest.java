package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.QueueSamples;
import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.DeduplicationIdFreed;
import io.millrace.schemas.HoldsSlot;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.QueueAsked;
import io.millrace.schemas.QueueChange;
import io.millrace.schemas.QueueMatch;
import io.millrace.schemas.QueueMatches;
import io.millrace.schemas.QueueNews;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.Waits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What queues and their workflows tell each other: what engines send is taken, and nothing that no key or row could hold. */
class QueueTransferRulesTest {
    @Test
    void shouldTakeWhatEnginesSend() {
        assertNull(TransferRules.objectionTo("default", asked()));
        Transfer ofChild = asked();
        ofChild.getQueueAsked().setCommand(null);
        ofChild.getQueueAsked().setParentWorkflowId("parent-1");
        ofChild.getQueueAsked()
                .setStartChild(Transfers.startChild("parent-1", 1).getStartChild());
        assertNull(TransferRules.objectionTo("default", ofChild));
        assertNull(TransferRules.objectionTo("order-1", answered()));
        assertNull(TransferRules.objectionTo("default", freed("once")));
        assertNull(TransferRules.objectionTo("default", news()));
        assertNull(TransferRules.objectionTo("order-1", matches()));
    }

    @Test
    void shouldTakeACommandWhoseFormIsJudgedWhenItComesBack() {
        Transfer asked = asked();
        asked.getQueueAsked().getCommand().setCommandId("c".repeat(300));
        assertNull(TransferRules.objectionTo("default", asked));
    }

    @Test
    void shouldObjectToQuestions() {
        Map<String, Consumer<QueueAsked>> wrongs = new LinkedHashMap<>();
        wrongs.put(
                "a queue is asked about neither a command nor a child; it is one of the two",
                asked -> asked.setCommand(null));
        wrongs.put(
                "a queue is asked about both a command and a child; it is one of the two",
                asked -> asked.setStartChild(Transfers.startChild("p", 1).getStartChild()));
        wrongs.put("the workflow id has a control character in it", asked -> asked.setWorkflowId("a\u0000b"));
        wrongs.put("the transfer's key is \"default\", but it tells \"other\"", asked -> asked.setQueue("other"));
        wrongs.put("the priority is 0; it must be from 1 to 1000000", asked -> asked.setPriority(0));
        wrongs.put("the partition key is empty", asked -> asked.setPartitionKey(""));
        wrongs.put(
                "the deduplication id has 257 characters; the limit is 256",
                asked -> asked.setDeduplicationId("d".repeat(257)));
        wrongs.put(
                "the command id has 20000 characters; the limit is 16384",
                asked -> asked.getCommand().setCommandId("c".repeat(20_000)));
        wrongs.put("a queue is asked about a child without a parent", asked -> {
            asked.setCommand(null);
            asked.setStartChild(Transfers.startChild("p", 1).getStartChild());
        });
        wrongs.put("the workflow type is empty", asked -> {
            asked.setCommand(null);
            asked.setParentWorkflowId("p");
            asked.setStartChild(Transfers.startChild("p", 1).getStartChild());
            asked.getStartChild().getStart().setWorkflowType("");
        });
        wrongs.forEach((objection, wrong) -> {
            Transfer transfer = asked();
            wrong.accept(transfer.getQueueAsked());
            assertEquals(objection, TransferRules.objectionTo("default", transfer));
        });
    }

    @Test
    void shouldObjectToAnswers() {
        Map<String, Consumer<QueueAnswered>> wrongs = new LinkedHashMap<>();
        wrongs.put(
                "the reason has 2001 characters; the limit is 2000",
                answered -> answered.setObjection("o".repeat(2_001)));
        wrongs.put("the id of the holder has a control character in it", answered -> answered.setHolder("a\u0000b"));
        wrongs.put("there is a holder, but no deduplication id", answered -> {
            answered.setHolder("h");
            answered.getAsked().setDeduplicationId(null);
        });
        wrongs.put(
                "the transfer's key is \"order-1\", but it tells \"order-2\"",
                answered -> answered.getAsked().setWorkflowId("order-2"));
        wrongs.put("the queue is empty", answered -> answered.getAsked().setQueue(""));
        wrongs.forEach((objection, wrong) -> {
            Transfer transfer = answered();
            wrong.accept(transfer.getQueueAnswered());
            assertEquals(objection, TransferRules.objectionTo("order-1", transfer));
        });
        assertEquals(
                "the deduplication id has a control character in it",
                TransferRules.objectionTo("default", freed("a\u0000b")));
    }

    @Test
    void shouldObjectToNews() {
        Map<String, Consumer<QueueNews>> wrongs = new LinkedHashMap<>();
        wrongs.put("there are 0 changes in one; it must be from 1 to 10000", news -> news.setChanges(List.of()));
        wrongs.put(
                "there are 10001 changes in one; it must be from 1 to 10000",
                news -> news.setChanges(
                        Collections.nCopies(10_001, news.getChanges().get(0))));
        wrongs.put(
                "the ticket is 0; the least is 1",
                news -> news.getChanges().get(0).setTicket(0));
        wrongs.put("the workflow id is empty", news -> news.getChanges().get(0).setWorkflowId(""));
        wrongs.put(
                "a change says 2 things in one",
                news -> news.getChanges().get(0).setBegan(true));
        wrongs.put("the workflow type is empty", news -> waits(news).setWorkflowType(""));
        wrongs.put(
                "the application version has a control character in it",
                news -> waits(news).setApplicationVersion("a\u0000b"));
        wrongs.put(
                "the partition key has a control character in it",
                news -> waits(news).setPartitionKey("a\u0000b"));
        wrongs.put(
                "the priority is -1; it must be from 1 to 1000000",
                news -> waits(news).setPriority(-1));
        wrongs.put(
                "the place in the queue is -1; the least is 0",
                news -> waits(news).setQueueOrder(-1));
        wrongs.put("the worker id is empty", news -> waits(news).setPreferredWorkerId(""));
        wrongs.put(
                "the partition key is empty",
                news -> news.getChanges().get(1).getHoldsSlot().setPartitionKey(""));
        wrongs.put(
                "the worker id has a control character in it",
                news -> news.getChanges().get(1).getHoldsSlot().setWorkerId("a\u0000b"));
        wrongs.forEach((objection, wrong) -> {
            Transfer transfer = news();
            wrong.accept(transfer.getQueueNews());
            assertEquals(objection, TransferRules.objectionTo("default", transfer));
        });
    }

    @Test
    void shouldObjectToMatches() {
        Map<String, Consumer<QueueMatches>> wrongs = new LinkedHashMap<>();
        wrongs.put("there are 0 matches in one; it must be from 1 to 10000", matches -> matches.setMatches(List.of()));
        wrongs.put("the workflow id is empty", matches -> first(matches).setWorkflowId(""));
        wrongs.put("the worker id is empty", matches -> first(matches).setWorkerId(""));
        wrongs.put("the ticket is -5; the least is 1", matches -> first(matches).setTicket(-5));
        wrongs.put(
                "the number of the grant is 0; the least is 1",
                matches -> first(matches).setNumber(0));
        wrongs.put(
                "the credit partition is -1; the least is 0",
                matches -> first(matches).setCreditPartition(-1));
        wrongs.forEach((objection, wrong) -> {
            Transfer transfer = matches();
            wrong.accept(transfer.getQueueMatches());
            assertEquals(objection, TransferRules.objectionTo("order-1", transfer));
        });
    }

    @Test
    void shouldObjectToSeveralThingsInOne() {
        Transfer transfer = asked();
        transfer.setQueueNews(news().getQueueNews());
        assertEquals("the transfer tells 2 things in one", TransferRules.objectionTo("default", transfer));
    }

    private static Transfer asked() {
        QueueAsked asked = QueueSamples.asked("order-1");
        asked.setCommand(Commands.pause("c"));
        Transfer transfer = Transfers.from("order-1");
        transfer.setQueueAsked(asked);
        return transfer;
    }

    private static Transfer answered() {
        Transfer transfer = Transfers.from("default");
        transfer.setQueueAnswered(new QueueAnswered(asked().getQueueAsked(), null, null, null));
        return transfer;
    }

    private static Transfer freed(String deduplicationId) {
        Transfer transfer = Transfers.from("order-1");
        transfer.setDeduplicationIdFreed(new DeduplicationIdFreed(deduplicationId, null));
        return transfer;
    }

    private static Transfer news() {
        Waits waits = new Waits("demo", "v1", "tenant", 100, 0L, false, "w1");
        QueueChange waiting = new QueueChange("order-1", 1L, waits, null, false);
        QueueChange holding = new QueueChange("order-2", 2L, null, new HoldsSlot("tenant", "w1"), false);
        QueueChange began = new QueueChange("order-3", 3L, null, null, true);
        QueueChange left = new QueueChange("order-4", 4L, null, null, false);
        Transfer transfer = Transfers.from("order-1");
        transfer.setQueueNews(new QueueNews(List.of(waiting, holding, began, left)));
        return transfer;
    }

    private static Transfer matches() {
        Transfer transfer = Transfers.from("default");
        transfer.setQueueMatches(new QueueMatches(List.of(new QueueMatch("order-1", 1L, "w1", 1L, 0, true))));
        return transfer;
    }

    private static Waits waits(QueueNews news) {
        return news.getChanges().get(0).getWaits();
    }

    private static QueueMatch first(QueueMatches matches) {
        return matches.getMatches().get(0);
    }
}
