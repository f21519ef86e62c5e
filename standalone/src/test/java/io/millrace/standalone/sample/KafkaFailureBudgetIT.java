package io.millrace.standalone.sample;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Namespace;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KafkaFailureBudgetIT {
    @Test
    void shouldCountInAllWorkersTogetherAndAcrossTheirRestarts() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
                KafkaFailureBudget here = budget(broker);
                KafkaFailureBudget there = budget(broker)) {
            assertTrue(here.take("a", 2));
            assertTrue(there.take("a", 2));
            assertFalse(here.take("a", 2));
            assertTrue(here.take("b", 1));
            try (KafkaFailureBudget later = budget(broker)) {
                assertFalse(later.take("a", 2));
                assertFalse(later.take("b", 1));
            }
        }
    }

    private static KafkaFailureBudget budget(EmbeddedBroker broker) {
        return new KafkaFailureBudget(Namespace.DEFAULT, Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
