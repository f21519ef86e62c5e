package io.millrace.engine.topology;

import static io.millrace.engine.testing.Commands.sendOnce;
import static io.millrace.engine.testing.Commands.terminate;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.startCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** Large workflows, and many of them, are purged piece by piece, whatever happens in between. */
class PurgeTest {
    private static final long KEPT_MS = 10_000;
    private static final long LATER = 1_000_000;

    static {
        Samples.ready();
    }

    private final LivingEngine engine = engine(Retention.of(Duration.ofMillis(KEPT_MS)));

    private static LivingEngine engine(Retention retention) {
        LivingEngine engine = new LivingEngine(new LeaseTable(), 0, 1, retention, 1_000);
        engine.tick(1_000);
        engine.tick(1_000);
        return engine;
    }

    /** Closed, with three rows for each message: the entry, the answer, and the answer by its key. */
    private void closedWithMessages(String workflowId, int messages) {
        engine.command(workflowId, startCommand("start", demo()), 1_000);
        for (int i = 0; i < messages; i++) {
            engine.command(workflowId, sendOnce("m" + i, "orders", "key-" + i), 1_000);
        }
        engine.command(workflowId, terminate("end"), 1_000);
        engine.written();
    }

    private Map<Character, Integer> rows() {
        Map<Character, Integer> rows = new TreeMap<>();
        engine.stored().keySet().forEach(key -> rows.merge((char) key.get()[0], 1, Integer::sum));
        return rows;
    }

    private int ticksUntilNothingIsLeft() {
        int ticks = 0;
        while (!rows().equals(Map.of('p', 1))) {
            int before = engine.stored().size();
            engine.tick(LATER);
            int deleted = before - engine.stored().size();
            assertTrue(deleted <= Purge.MAX_ROWS_PER_TICK + 3, () -> "a tick deleted " + deleted + " rows");
            assertTrue(++ticks < 1_000, () -> "it comes to no end: " + rows());
        }
        return ticks;
    }

    @Test
    void shouldDeleteALargeOneInSlices() {
        closedWithMessages("a", Limits.MAX_PENDING_MESSAGES);
        assertEquals(Limits.MAX_PENDING_MESSAGES + 2, rows().get('h'));
        engine.tick(LATER);
        assertNull(engine.stores().workflows().find("a"), "it is gone at once");
        assertEquals(0, engine.stores().listing().size());
        assertEquals(1, rows().get('x'));
        assertTrue(rows().get('h') > 0, "and what it has left is not");
        assertEquals(
                1,
                engine.written().stream()
                        .filter(written -> written.value() instanceof HistoryEntry)
                        .count());
        assertTrue(ticksUntilNothingIsLeft() >= 2);
        assertEquals(List.of(), engine.written(), "nobody is told twice");
    }

    @Test
    void shouldGoOnAfterACrashInTheMiddle() {
        closedWithMessages("a", 400);
        engine.tick(LATER);
        Map<Bytes, byte[]> committed = engine.stored();
        Map<Character, Integer> left = rows();
        engine.tick(LATER);
        assertTrue(rows().get('h') < left.get('h'));
        engine.abort(committed, LATER);
        assertEquals(left, rows());
        assertEquals(0, engine.stores().listing().size());
        ticksUntilNothingIsLeft();
    }

    @Test
    void shouldBeginAgainWhereTheFirstTransactionWasAborted() {
        closedWithMessages("a", 10);
        Map<Bytes, byte[]> committed = engine.stored();
        engine.tick(LATER);
        assertNull(engine.stores().workflows().find("a"));
        engine.abort(committed, LATER);
        assertNotNull(engine.stores().workflows().find("a"));
        assertEquals(1, engine.stores().listing().size());
        ticksUntilNothingIsLeft();
        assertEquals(
                1,
                engine.written().stream()
                        .filter(written -> written.value() instanceof HistoryEntry)
                        .count());
    }

    @Test
    void shouldGiveItsIdToAnotherOneWhileItIsBeingDeleted() {
        closedWithMessages("a", 400);
        engine.tick(LATER);
        assertEquals(1, rows().get('x'));
        engine.command("a", startCommand("start", demo()), LATER);
        engine.command("a", sendOnce("m399", "orders", "key-399"), LATER);
        assertNull(rows().get('x'));
        assertEquals(2, engine.history("a").size(), "it has none of the other one's");
        assertEquals(1, engine.stores().workflows().find("a").getMessageCount());
        IndexLaws.mustFitTogether(engine);
    }

    @Test
    void shouldDeleteManySmallOnesInSlices() {
        for (int i = 0; i < 400; i++) {
            closedWithMessages("a" + i, 0);
        }
        engine.tick(LATER);
        int left = rows().get('w');
        assertTrue(left > 0 && left < 400, () -> left + " are left");
        IndexLaws.mustFitTogether(engine);
        ticksUntilNothingIsLeft();
    }

    @Test
    void shouldPurgeWhatHadEndedBeforeAnythingWasPurged() {
        for (int i = 0; i < 700; i++) {
            closedWithMessages("a" + i, 0);
        }
        engine.command("open", startCommand("start", demo()), 1_000);
        Map<Bytes, byte[]> asAnEarlierEngineLeftIt = engine.stored();
        asAnEarlierEngineLeftIt.keySet().removeIf(key -> key.get()[0] == 'p');
        engine.abort(asAnEarlierEngineLeftIt, LATER);
        engine.tick(LATER);
        engine.restart(LATER);
        for (int i = 0; i < 100; i++) {
            engine.tick(LATER);
        }
        assertEquals(
                List.of("open"),
                engine.stored().keySet().stream()
                        .filter(key -> key.get()[0] == 'w')
                        .map(key -> new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8))
                        .toList());
        IndexLaws.mustFitTogether(engine);
    }

    @Test
    void shouldMendAnIndexThatDoesNotFit() {
        closedWithMessages("a", 0);
        Map<Bytes, byte[]> broken = engine.stored();
        broken.keySet().removeIf(key -> key.get()[0] != 'p');
        engine.abort(broken, LATER);
        engine.tick(LATER);
        assertEquals(Map.of('p', 1), rows());
        assertEquals(List.of(), engine.written());
    }

    @Test
    void shouldKeepEverythingUnlessItIsToldOtherwise() {
        LivingEngine keeps = engine(Retention.FOREVER);
        keeps.command("a", startCommand("start", demo()), 1_000);
        keeps.command("a", terminate("end"), 1_000);
        keeps.tick(Long.MAX_VALUE / 2);
        assertNotNull(keeps.stores().workflows().find("a"));
        IndexLaws.mustFitTogether(keeps);
    }
}
