package io.millrace.benchmarks.cluster;

import io.millrace.benchmarks.process.ProcessFigures;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.engine.machine.Retention;
import io.millrace.schemas.Namespace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** An engine alone, with the settings that {@code millrace engine} has by default, but for one replica of each topic. */
final class EngineProcess {
    /** In place of a retention: what the engine does by default. */
    static final String DEFAULT_RETENTION = "default";

    private static final int FIXED = 5;

    private EngineProcess() {}

    /**
     * Bootstrap servers, namespace, state directory, partitions, and how long finished workflows are kept (or {@link #DEFAULT_RETENTION}); then
     * settings of Kafka, each as {@code key=value}.
     */
    public static void main(String[] args) throws InterruptedException {
        EngineConfig.Builder config = EngineConfig.builder()
                .bootstrapServers(args[0])
                .namespace(new Namespace(args[1]))
                .stateDir(Path.of(args[2]))
                .partitions(Integer.parseInt(args[3]))
                .replicationFactor(1)
                .kafka(settings(Arrays.asList(args).subList(FIXED, args.length)));
        if (!args[4].equals(DEFAULT_RETENTION)) {
            config.retention(Retention.parse(args[4]));
        }
        MillraceEngine engine = MillraceEngine.start(config.build());
        ProcessFigures.also(ProcessFigures.ROCKS_DB_BYTES, () -> RocksDbMemory.bytes(engine.kafkaMetrics()));
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "stop"));
        new CountDownLatch(1).await();
    }

    private static Map<String, String> settings(List<String> written) {
        return written.stream()
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    }
}
