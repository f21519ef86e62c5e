package io.millrace.engine.runtime;

import io.millrace.engine.testing.KafkaImage;
import org.junit.jupiter.api.TestInfo;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** On Kafka as its project distributes it; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
final class TopicProvisionerContainerIT extends TopicProvisionerSuite {
    @Container
    private static final KafkaContainer KAFKA = KafkaImage.container();

    TopicProvisionerContainerIT(TestInfo test) {
        super(KAFKA.getBootstrapServers(), test);
    }
}
