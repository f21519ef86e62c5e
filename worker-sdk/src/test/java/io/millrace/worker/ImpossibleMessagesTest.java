package io.millrace.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.schemas.CreditSettled;
import io.millrace.schemas.CreditWanted;
import io.millrace.schemas.Grant;
import io.millrace.schemas.GrantVoid;
import io.millrace.schemas.InboxMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no engine sends, to a worker with two partitions of 32 slots each: it must do nothing about it, and go on as if it had not come. */
class ImpossibleMessagesTest {
    private static final Workflow<String, Object> STEP = (ctx, in) -> ctx.step("a", String.class, step -> "done");

    /** Even at the end of what a number holds: sums with it overflow. */
    private static final long FAR_AHEAD = Long.MAX_VALUE;

    private static Map<String, InboxMessage> messages() {
        Map<String, InboxMessage> messages = new TreeMap<>();
        messages.put("grant: partition beyond the last", grant(grant -> grant.setPartition(Integer.MAX_VALUE)));
        messages.put("grant: partition below zero", grant(grant -> grant.setPartition(-1)));
        messages.put("grant: partition of other workflows", grant(grant -> grant.setPartition(1)));
        messages.put("grant: credit partition beyond the last", grant(grant -> grant.setCreditPartition(2)));
        messages.put("grant: credit partition below zero", grant(grant -> grant.setCreditPartition(-1)));
        messages.put("grant: number zero", grant(grant -> grant.setNumber(0)));
        messages.put("grant: number far ahead", grant(grant -> grant.setNumber(FAR_AHEAD)));
        messages.put("grant: epoch zero", grant(grant -> grant.setEpoch(0)));
        messages.put("grant: no id", grant(grant -> grant.setWorkflowId("")));
        messages.put("grant: long id", grant(grant -> grant.setWorkflowId("v".repeat(257))));
        messages.put("grant: long type", grant(grant -> grant.setWorkflowType("t".repeat(1_000_000))));
        messages.put("grant: long queue", grant(grant -> grant.setQueue("q".repeat(257))));
        messages.put("grant: long version", grant(grant -> grant.setApplicationVersion("1".repeat(257))));
        messages.put("grant: part zero", grant(grant -> grant.setPart(0)));
        messages.put("grant: part behind the last", grant(grant -> grant.setPart(2)));
        messages.put("grant: no parts", grant(grant -> grant.setParts(0)));
        messages.put("grant: parts without end", grant(grant -> grant.setParts(Integer.MAX_VALUE)));
        messages.put("grant: negative run", grant(grant -> grant.setRun(-1)));
        messages.put("grant: negative losses", grant(grant -> grant.setRecoveryAttempts(-1)));
        messages.put("grant: step zero", granted("0 step a COMPLETED 1"));
        messages.put("grant: step far ahead", granted(Integer.MAX_VALUE + " step a COMPLETED 1"));
        messages.put("grant: negative attempts", granted("1 step a RETRYING attempts=-5"));
        messages.put("wanted: partition", wanted(2, 1));
        messages.put("wanted: partition below zero", wanted(-1, 1));
        messages.put("wanted: below zero", wanted(1, Integer.MIN_VALUE));
        messages.put("settled: partition", settled(Integer.MIN_VALUE, 1));
        messages.put("settled: number far ahead", settled(1, FAR_AHEAD));
        messages.put("settled: number below zero", settled(1, -1));
        messages.put("void: partition", voided(2, 1));
        messages.put("void: number zero", voided(1, 0));
        messages.put("void: number far ahead", voided(1, FAR_AHEAD));
        return messages;
    }

    private static Stream<String> names() {
        return messages().keySet().stream();
    }

    private static InboxMessage grant(Consumer<Grant> change) {
        Grant grant = Records.grant("v", 1, "");
        change.accept(grant);
        return InboxMessage.newBuilder().setGrant(grant).build();
    }

    private static InboxMessage granted(String record) {
        return InboxMessage.newBuilder().setGrant(Records.grant("v", 1, record)).build();
    }

    private static InboxMessage wanted(int partition, int count) {
        return InboxMessage.newBuilder()
                .setCreditWanted(new CreditWanted(partition, count))
                .build();
    }

    private static InboxMessage settled(int partition, long granted) {
        return InboxMessage.newBuilder()
                .setCreditSettled(new CreditSettled(partition, granted))
                .build();
    }

    private static InboxMessage voided(int partition, long number) {
        return InboxMessage.newBuilder()
                .setGrantVoid(new GrantVoid(partition, number))
                .build();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldPassByWhatNoEngineSends(String name) {
        try (TestBench bench = TestBench.inOneThread(2, STEP)) {
            int before = bench.topics.events.size();

            bench.topics.deliver(messages().get(name));
            bench.clock.advance(Duration.ofMillis(10));

            assertEquals(before, bench.topics.events.size(), "records sent because of it");
            shouldRun(bench, "v", 0);
            shouldRun(bench, "w", 1);
            assertEquals(1, bench.topics.connections.size(), "incarnations");
            assertFalse(bench.topics.connections.get(0).closed);
        }
    }

    private static void shouldRun(TestBench bench, String workflowId, int partition) {
        Grant grant = Records.grant(workflowId, 1, "");
        grant.setPartition(partition);

        List<String> facts = bench.run(grant);

        assertEquals("completed \"done\" after 1", last(facts).replaceFirst(".* \\+ ", ""), facts.toString());
        FakeTopics.Sent end = last(bench.topics.events);
        assertEquals(partition, end.partition());
        assertEquals(1, end.event().getCredit().getGrantsSeen(), "grants seen");
        assertEquals(32, end.event().getCredit().getFree(), "free slots");
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    @Test
    void shouldTakeOnlyEndsOfStepsThatEndOutside() {
        Workflow<String, Object> receiving = (ctx, in) -> ctx.receive("go", String.class);
        try (TestBench bench = TestBench.threaded(receiving)) {
            bench.topics.grant(Records.grant("v", 1, ""));
            bench.awaitFacts("receive 1 on go");

            bench.topics.deliver(Records.ended("v", 1, "1 receive go WAITING"));
            bench.topics.deliver(Records.ended("v", 1, "1 step go COMPLETED 5"));
            bench.topics.deliver(Records.ended("v", 1, "0 receive go COMPLETED 5"));
            InboxMessage withoutFailure = Records.ended("v", 1, "1 receive go FAILED X");
            withoutFailure.getStepEnded().getStep().setFailure(null);
            bench.topics.deliver(withoutFailure);
            bench.topics.deliver(Records.ended("v", 1, "1 receive go COMPLETED \"on\""));

            bench.awaitFacts("receive 1 on go", "completed \"on\" after 1");
        }
    }
}
