package io.millrace.engine.testing;

import io.millrace.standalone.broker.BrokerSettings;
import java.util.Locale;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka in a container, with the settings of the embedded broker, so that a suite finds the same on both. */
public final class KafkaImage {
    /** Of the version whose libraries Millrace has: {@code kafka.version} in the root pom. */
    public static final String NAME = "apache/kafka:4.3.1";

    private KafkaImage() {}

    /** Not started. */
    public static KafkaContainer container() {
        KafkaContainer kafka = new KafkaContainer(NAME);
        BrokerSettings.ofOneAlone().forEach((setting, value) -> kafka.withEnv(variable(setting), value));
        return kafka;
    }

    /** The environment variable that the image makes this setting of: {@code log.dirs} is {@code KAFKA_LOG_DIRS}. */
    static String variable(String setting) {
        return "KAFKA_" + setting.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
