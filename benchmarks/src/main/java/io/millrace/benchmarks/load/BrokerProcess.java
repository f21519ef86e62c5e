package io.millrace.benchmarks.load;

import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;

/** A broker alone. */
final class BrokerProcess {
    private BrokerProcess() {}

    /** Its data directory, and the file that it writes its address to as soon as it can be used. */
    public static void main(String[] args) throws IOException, InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(args[0])));
        Path file = Path.of(args[1]);
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, broker.bootstrapServers());
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }
}
