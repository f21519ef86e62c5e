package io.millrace.benchmarks.load;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.schemas.Namespace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** An engine alone, with the settings that {@code millrace engine} has by default, but for one replica of each topic. */
final class EngineProcess {
    private static final int FIXED = 4;

    private EngineProcess() {}

    /** Bootstrap servers, namespace, state directory, partitions; then settings of Kafka, each as {@code key=value}. */
    public static void main(String[] args) throws InterruptedException {
        MillraceEngine engine = MillraceEngine.start(EngineConfig.builder()
                .bootstrapServers(args[0])
                .namespace(new Namespace(args[1]))
                .stateDir(Path.of(args[2]))
                .partitions(Integer.parseInt(args[3]))
                .replicationFactor(1)
                .kafka(settings(Arrays.asList(args).subList(FIXED, args.length)))
                .build());
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "stop"));
        new CountDownLatch(1).await();
    }

    private static Map<String, String> settings(List<String> written) {
        return written.stream()
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    }
}
