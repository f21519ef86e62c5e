package io.millrace.engine;

import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;

/** On the embedded broker. */
final class MillraceEngineIT extends MillraceEngineSuite {
    private static EmbeddedBroker broker;

    MillraceEngineIT(TestInfo test) {
        super(broker.bootstrapServers(), test);
    }

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }
}
