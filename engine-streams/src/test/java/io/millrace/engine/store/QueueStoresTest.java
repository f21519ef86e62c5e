package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.store.QueueStore.Begun;
import io.millrace.engine.store.QueueStore.Holder;
import io.millrace.engine.testing.MemoryStore;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.store.QueueMember;
import io.millrace.schemas.store.ToldToQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What partitions have told queues, and what queues have of it. */
class QueueStoresTest {
    static {
        Samples.ready();
    }

    private final MemoryStore rows = new MemoryStore();
    private final ToldStore told = new ToldStore(rows);
    private final MemberStore members = new MemberStore(rows);
    private final QueueStore queues = new QueueStore(rows);

    @AfterEach
    void shouldCloseItsIterators() {
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldKnowWhatWasToldAndOfWhichQueuesAnything() {
        ToldToQueue first = new ToldToQueue("q", 7L, true, false, null);
        ToldToQueue second = new ToldToQueue("q", 9L, false, true, "w1");
        told.replace("a", null, first);
        told.replace("b", null, first);
        told.replace("a", first, second);
        assertEquals(second, told.find("a"));
        assertNull(told.find("c"));
        assertTrue(told.hasAnyOf("q"));
        assertFalse(told.hasAnyOf("other"));
        Map<String, ToldToQueue> all = new TreeMap<>();
        new ToldStore(rows).forEach(all::put);
        assertEquals(Map.of("a", second, "b", first), all);
        told.replace("b", first, null);
        assertTrue(told.hasAnyOf("q"));
        told.replace("a", second, new ToldToQueue("other", 10L, true, false, null));
        assertFalse(told.hasAnyOf("q"));
        assertTrue(new ToldStore(rows).hasAnyOf("other"));
        assertFalse(new ToldStore(rows).hasAnyOf("q"));
    }

    @Test
    void shouldFindTheHighestTicketThatWasTold() {
        assertEquals(0, told.highestTicket());
        told.replace("a", null, new ToldToQueue("q", 9L, true, false, null));
        told.replace("b", null, new ToldToQueue("q", 7L, true, false, null));
        assertEquals(9, new ToldStore(rows).highestTicket());
    }

    @Test
    void shouldKeepTheMembersOfQueuesApart() {
        QueueMember waits = member(1);
        QueueMember runs = member(2);
        members.put("q", "a", waits);
        members.put("q", "b", runs);
        members.put("q1", "a", runs);
        members.put("", "qa", runs);
        assertEquals(waits, members.find("q", "a"));
        assertEquals(runs, members.find("q1", "a"));
        List<String> ofOne = new ArrayList<>();
        members.forEachOf("q", (queue, id, member) -> ofOne.add(queue + "/" + id + "/" + member.getTicket()));
        assertEquals(List.of("q/a/1", "q/b/2"), ofOne);
        List<String> all = new ArrayList<>();
        members.forEach((queue, id, member) -> all.add(queue + "/" + id));
        assertEquals(List.of("/qa", "q/a", "q/b", "q1/a"), all);
        members.put("q", "a", null);
        assertNull(members.find("q", "a"));
    }

    @Test
    void shouldKeepSettings() {
        QueueSettings first = settings("q", 1);
        queues.putSettings(first);
        queues.putSettings(settings("other", 2));
        queues.putSettings(settings("q", 3));
        List<QueueSettings> all = new ArrayList<>();
        queues.forEachSettings(all::add);
        assertEquals(List.of(settings("other", 2), settings("q", 3)), all);
    }

    @Test
    void shouldKnowWhoHoldsADeduplicationId() {
        queues.hold("q", "once", new Holder("a", "c1"));
        queues.hold("q", "child", new Holder("b", ""));
        assertEquals(new Holder("a", "c1"), queues.holder("q", "once"));
        assertEquals(new Holder("b", ""), queues.holder("q", "child"));
        assertNull(queues.holder("qo", "nce"));
        queues.hold("q", "once", new Holder("a", "c2"));
        assertEquals("c2", queues.holder("q", "once").commandId());
        queues.hold("q", "once", null);
        assertNull(queues.holder("q", "once"));
    }

    @Test
    void shouldFindBeginningsInTheOrderOfTheirTimes() {
        Begun late = new Begun("q", 300, "a", "key");
        Begun early = new Begun("q", 20, "b", "");
        Begun between = new Begun("q", 256, "a", "");
        Begun other = new Begun("r", 1, "c", "");
        List.of(late, early, between, other).forEach(queues::addBegun);
        List<Begun> all = new ArrayList<>();
        queues.forEachBegun(all::add);
        assertEquals(List.of(early, between, late, other), all);
        queues.removeBegun(between);
        all.clear();
        queues.forEachBegun(all::add);
        assertEquals(List.of(early, late, other), all);
    }

    private static QueueMember member(long ticket) {
        QueueMember member = new QueueMember();
        member.setTicket(ticket);
        member.setHoldsSlot(true);
        return member;
    }

    private static QueueSettings settings(String queue, long revision) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(queue);
        settings.setRevision(revision);
        return settings;
    }
}
