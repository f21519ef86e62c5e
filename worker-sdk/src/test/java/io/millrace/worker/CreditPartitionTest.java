package io.millrace.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.Credit;
import io.millrace.schemas.Grant;
import io.millrace.schemas.GrantVoid;
import io.millrace.schemas.InboxMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workflows are on partition 0, and their queue, whose credit they use, on partition 1. Each has 32 slots of the worker's. */
class CreditPartitionTest {
    private static Grant grant(String workflowId, long number) {
        Grant grant = Records.grant(workflowId, 1, "");
        grant.setNumber(number);
        grant.setCreditPartition(1);
        return grant;
    }

    /** What was sent to the partitions since the worker started: facts, credit, or both. */
    private static List<String> sent(TestBench bench) {
        List<String> sent = new ArrayList<>();
        // Two reports of credit are of its start.
        for (FakeTopics.Sent each : bench.topics.events.subList(2, bench.topics.events.size())) {
            Credit credit = each.event().getCredit();
            sent.add(each.partition()
                    + (each.event().getFacts().isEmpty() ? "" : " " + each.key() + " ended")
                    + (credit == null ? "" : " free " + credit.getFree() + " seen " + credit.getGrantsSeen()));
        }
        return sent;
    }

    @Test
    void shouldSendFactsToTheWorkflowAndCreditToTheQueue() {
        try (TestBench bench = TestBench.inOneThread(2, (ctx, in) -> null)) {
            bench.topics.grant(grant("v", 1));
            bench.topics.grant(grant("x", 2));
            assertEquals(List.of("0 v ended", "0 x ended"), sent(bench));
            bench.clock.advance(Duration.ofMillis(10));
            assertEquals(List.of("0 v ended", "0 x ended", "1 free 32 seen 2"), sent(bench));
        }
    }

    @Test
    void shouldCountAVoidGrantAsSeen() {
        try (TestBench bench = TestBench.inOneThread(2, (ctx, in) -> null)) {
            bench.topics.grant(grant("x", 2));
            bench.clock.advance(Duration.ofMillis(10));
            bench.topics.deliver(
                    InboxMessage.newBuilder().setGrantVoid(new GrantVoid(1, 1L)).build());
            bench.clock.advance(Duration.ofMillis(10));
            assertEquals(List.of("0 x ended", "1 free 33 seen 0", "1 free 32 seen 2"), sent(bench));
        }
    }

    @Test
    void shouldNumberTheGrantsOfEachCreditApart() {
        try (TestBench bench = TestBench.inOneThread(2, (ctx, in) -> null)) {
            bench.topics.grant(grant("v", 1));
            bench.topics.grant(Records.grant("x", 1, ""));
            bench.clock.advance(Duration.ofMillis(10));
            assertEquals(List.of("0 v ended", "0 x ended free 32 seen 1", "1 free 32 seen 1"), sent(bench));
        }
    }
}
