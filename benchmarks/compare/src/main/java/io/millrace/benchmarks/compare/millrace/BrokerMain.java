package io.millrace.benchmarks.compare.millrace;

import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker alone: for Millrace, and the same for every peer that needs a Kafka. */
public final class BrokerMain {
    /** Printed in front of the address as soon as the broker can be used. */
    public static final String ADDRESS = "broker-address ";

    private BrokerMain() {}

    /** Its data directory, and then settings of Kafka, each as {@code key=value}. */
    public static void main(String[] args) throws InterruptedException {
        BrokerConfig config = BrokerConfig.in(Path.of(args[0]));
        for (int i = 1; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            config = config.with(setting[0], setting[1]);
        }
        System.out.println(ADDRESS + EmbeddedBroker.start(config).bootstrapServers());
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
