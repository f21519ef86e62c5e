package io.millrace.benchmarks.load;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.schemas.Namespace;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An engine alone, with the settings that {@code millrace engine} has by default, but for one replica of each topic. */
final class EngineProcess {
    private EngineProcess() {}

    /** Bootstrap servers, namespace, state directory, partitions. */
    public static void main(String[] args) throws InterruptedException {
        MillraceEngine engine = MillraceEngine.start(EngineConfig.builder()
                .bootstrapServers(args[0])
                .namespace(new Namespace(args[1]))
                .stateDir(Path.of(args[2]))
                .partitions(Integer.parseInt(args[3]))
                .replicationFactor(1)
                .build());
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "stop"));
        new CountDownLatch(1).await();
    }
}
