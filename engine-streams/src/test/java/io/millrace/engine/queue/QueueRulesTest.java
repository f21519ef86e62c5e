package io.millrace.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Limits;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class QueueRulesTest {
    static {
        Samples.ready();
    }

    @Test
    void shouldKnowWhatIsALimit() {
        assertFalse(QueueRules.hasLimits(null));
        assertFalse(QueueRules.hasLimits(settings(queue -> {})));
        List<Consumer<QueueSettings>> limits = List.of(
                queue -> queue.setConcurrency(0),
                queue -> queue.setWorkerConcurrency(1),
                queue -> queue.setRateLimit(new RateLimit(1, 1L)),
                queue -> queue.setPriorityEnabled(true),
                queue -> queue.setPartitioned(true));
        limits.forEach(limit -> assertTrue(QueueRules.hasLimits(settings(limit))));
    }

    @Test
    void shouldRefuseWhatAQueueDoesNotHave() {
        assertNull(QueueRules.objectionTo("default", null, null, null));
        assertEquals(
                "there is no queue \"q\": declare it in a worker, or with millrace queue set q",
                QueueRules.objectionTo("q", null, null, null));
        QueueSettings plain = settings(queue -> {});
        assertNull(QueueRules.objectionTo("q", plain, null, null));
        assertTrue(QueueRules.objectionTo("q", plain, 1, null).contains("has no priorities"));
        assertTrue(QueueRules.objectionTo("default", null, 1, null).contains("has no priorities"));
        assertTrue(QueueRules.objectionTo("q", plain, null, "k").contains("has no partition keys"));
        QueueSettings both = settings(queue -> {
            queue.setPriorityEnabled(true);
            queue.setPartitioned(true);
        });
        assertNull(QueueRules.objectionTo("q", both, 1, "k"));
    }

    @Test
    void shouldTakeLimitsUpToTheirBounds() {
        QueueSettings most = settings(queue -> {
            queue.setConcurrency(0);
            queue.setWorkerConcurrency(Limits.MAX_QUEUE_LIMIT);
            queue.setPartitioned(true);
            queue.setPartitionConcurrency(Limits.MAX_QUEUE_LIMIT);
            queue.setRateLimit(new RateLimit(1, 1L));
            queue.setPartitionRateLimit(new RateLimit(Limits.MAX_QUEUE_LIMIT, Limits.MAX_RATE_PERIOD_MS));
        });
        assertNull(QueueRules.objectionTo("q", most));
    }

    @Test
    void shouldNameTheSettingThatCannotBe() {
        assertRefused("concurrency is -1", queue -> queue.setConcurrency(-1));
        assertRefused("workerConcurrency is 0", queue -> queue.setWorkerConcurrency(0));
        assertRefused("permits of rateLimit is 0", queue -> queue.setRateLimit(new RateLimit(0, 1L)));
        assertRefused("rateLimit has a period of 0 ms", queue -> queue.setRateLimit(new RateLimit(1, 0L)));
        assertRefused("rateLimit has a period of", queue -> queue.setRateLimit(new RateLimit(1, Long.MAX_VALUE)));
        assertRefused("need partitioned to be true", queue -> queue.setPartitionConcurrency(1));
        assertRefused("need partitioned to be true", queue -> queue.setPartitionRateLimit(new RateLimit(1, 1L)));
        assertRefused("those of queue \"other\"", queue -> queue.setQueue("other"));
        assertNotNull(QueueRules.objectionTo("", settings(queue -> queue.setQueue(""))));
    }

    private static void assertRefused(String why, Consumer<QueueSettings> change) {
        String objection = QueueRules.objectionTo("q", settings(change));
        assertNotNull(objection, why);
        assertTrue(objection.contains(why), objection);
    }

    private static QueueSettings settings(Consumer<QueueSettings> change) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue("q");
        change.accept(settings);
        return settings;
    }
}
