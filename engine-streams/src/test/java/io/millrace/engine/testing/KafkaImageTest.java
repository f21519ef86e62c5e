package io.millrace.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.standalone.broker.BrokerSettings;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

/** What can be said of the container without Docker. */
final class KafkaImageTest {
    @Test
    void shouldBeOfTheVersionOfTheLibraries() {
        assertEquals("apache/kafka:" + AppInfoParser.getVersion(), KafkaImage.NAME);
    }

    @Test
    void shouldHandOnEverySettingOfTheEmbeddedBrokerByTheNameThatTheImageTakes() {
        Map<String, String> settings = BrokerSettings.ofOneAlone();
        assertEquals("false", settings.get("auto.create.topics.enable"));
        settings.keySet().forEach(setting -> assertTrue(setting.matches("[a-z.]+"), setting));
        assertEquals("KAFKA_AUTO_CREATE_TOPICS_ENABLE", KafkaImage.variable("auto.create.topics.enable"));
    }
}
