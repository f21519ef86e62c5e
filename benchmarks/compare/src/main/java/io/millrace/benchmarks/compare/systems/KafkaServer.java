package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.cluster.BrokerProcess;
import io.millrace.benchmarks.compare.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/** One Kafka broker, the same for every system that needs one. */
final class KafkaServer {
    private KafkaServer() {}

    /** Starts it with settings of Kafka, each as {@code key=value}; returns its address. */
    static String start(Workspace workspace, List<String> settings) throws IOException, InterruptedException {
        Path address = workspace.directory().resolve("broker.address");
        List<String> main = new ArrayList<>(List.of(
                BrokerProcess.class.getName(),
                workspace.directory().resolve("kafka").toString(),
                address.toString()));
        main.addAll(settings);
        workspace.start("broker", EqualTerms.ours(main));
        Readiness.await("Kafka broker", workspace, () -> Files.exists(address));
        return Files.readString(address);
    }

    static String version() {
        return "Kafka " + AppInfoParser.getVersion();
    }
}
