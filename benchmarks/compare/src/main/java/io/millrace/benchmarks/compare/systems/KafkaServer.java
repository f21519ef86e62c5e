package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.millrace.BrokerMain;
import io.millrace.benchmarks.compare.process.JavaProgram;
import io.millrace.benchmarks.compare.process.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;

/** One Kafka broker, the same for every system that needs one. */
final class KafkaServer {
    private KafkaServer() {}

    /** Starts it with settings of Kafka, each as {@code key=value}; returns its address. */
    static String start(Workspace workspace, List<String> settings) throws IOException, InterruptedException {
        List<String> main = new ArrayList<>(List.of(
                BrokerMain.class.getName(),
                workspace.directory().resolve("kafka").toString()));
        main.addAll(settings);
        return workspace
                .start("broker", JavaProgram.of(System.getProperty("java.class.path"), main))
                .await(KafkaServer::address, Readiness.LONGEST_START);
    }

    static String version() {
        return "Kafka " + AppInfoParser.getVersion();
    }

    private static Optional<String> address(String line) {
        return line.startsWith(BrokerMain.ADDRESS)
                ? Optional.of(line.substring(BrokerMain.ADDRESS.length()))
                : Optional.empty();
    }
}
