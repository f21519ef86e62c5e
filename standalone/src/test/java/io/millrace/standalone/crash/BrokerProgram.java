package io.millrace.standalone.crash;

import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own. */
public final class BrokerProgram {
    private BrokerProgram() {}

    /** The data directory and the port. */
    public static void main(String[] args) throws InterruptedException {
        EmbeddedBroker.start(BrokerConfig.in(Path.of(args[0])).withPort(Integer.parseInt(args[1])));
        new CountDownLatch(1).await();
    }
}
