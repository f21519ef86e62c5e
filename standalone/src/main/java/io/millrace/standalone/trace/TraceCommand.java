package io.millrace.standalone.trace;

import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dev/trace}. */
@Command(
        name = "trace",
        description = "One workflow's records from all topics, a line each, in the order of their times.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class TraceCommand implements Callable<Integer> {
    private static final int NOTHING_FOUND = 1;

    @Parameters(paramLabel = "WORKFLOW_ID", description = "Which workflow.")
    private String workflowId = "";

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "The Kafka brokers.")
    private String bootstrapServers = "127.0.0.1:9092";

    @Option(names = "--namespace", paramLabel = "NAME", description = "Prefix of all topics.")
    private String namespace = Namespace.DEFAULT.name();

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_KAFKA_CONFIG}",
            description = "Properties for Kafka's clients, for example for TLS (or MILLRACE_KAFKA_CONFIG).")
    private @Nullable Path kafkaConfig;

    @Option(names = "--uncommitted", description = "Also what aborted transactions wrote.")
    private boolean uncommitted;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> kafka = new HashMap<>(kafkaConfig == null ? Map.of() : KafkaProperties.read(kafkaConfig));
        kafka.put("bootstrap.servers", bootstrapServers);
        kafka.put("isolation.level", uncommitted ? "read_uncommitted" : "read_committed");
        TopicReader reader = new TopicReader(new Namespace(namespace), kafka);
        List<TraceLine> lines = reader.linesOf(workflowId);
        lines.forEach(System.out::println);
        if (lines.isEmpty()) {
            System.err.println("millrace: no topic of " + namespace + " at " + bootstrapServers + " has a record about "
                    + workflowId);
            return NOTHING_FOUND;
        }
        return 0;
    }
}
