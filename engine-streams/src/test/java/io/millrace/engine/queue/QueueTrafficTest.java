package io.millrace.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QueueTrafficTest {
    private final QueueTraffic traffic = new QueueTraffic();

    @Test
    void shouldCountWhatHappenedInTheLastMinute() {
        traffic.begun("a", 1_000_500);
        traffic.begun("a", 1_000_900);
        traffic.begun("a", 1_030_000);
        traffic.ended("a", 1_030_000);
        traffic.begun("b", 1_030_000);
        assertEquals(3, traffic.begunLastMinute("a", 1_059_999));
        assertEquals(1, traffic.endedLastMinute("a", 1_059_999));
        assertEquals(1, traffic.begunLastMinute("a", 1_060_000), "the first second is over a minute ago");
        assertEquals(0, traffic.begunLastMinute("a", 1_090_000));
        assertEquals(1, traffic.begunLastMinute("b", 1_059_999));
        assertEquals(0, traffic.endedLastMinute("nobody's", 0));
    }

    @Test
    void shouldUseASecondOfAnEarlierMinuteAnew() {
        traffic.begun("a", 1_000_000);
        traffic.begun("a", 1_060_000);
        assertEquals(1, traffic.begunLastMinute("a", 1_060_000));
        traffic.ended("a", 1_600_000);
        assertEquals(0, traffic.begunLastMinute("a", 1_600_000));
        assertEquals(1, traffic.endedLastMinute("a", 1_600_000));
    }
}
