package io.millrace.benchmarks.cluster;

import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** A broker alone: for Millrace, and the same for every peer that needs a Kafka. */
public final class BrokerProcess {
    private static final int FIXED = 2;

    private BrokerProcess() {}

    /** Its data directory, and the file that it writes its address to as soon as it can be used; then settings of Kafka, each as {@code key=value}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        BrokerConfig config = BrokerConfig.in(Path.of(args[0]));
        for (String setting : Arrays.asList(args).subList(FIXED, args.length)) {
            String[] keyAndValue = setting.split("=", 2);
            config = config.with(keyAndValue[0], keyAndValue[1]);
        }
        EmbeddedBroker broker = EmbeddedBroker.start(config);
        Path file = Path.of(args[1]);
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, broker.bootstrapServers());
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }
}
