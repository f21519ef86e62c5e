package io.millrace.benchmarks.soak;

import io.millrace.worker.Worker;
import java.util.concurrent.CountDownLatch;

/** A worker of a long run. */
final class SoakWorker {
    private SoakWorker() {}

    /** Bootstrap servers and namespace. */
    public static void main(String[] args) throws InterruptedException {
        Worker worker = SoakWorkflows.register(Worker.builder(args[0]).namespace(args[1]))
                .eagerSlots(0)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
        worker.start();
        new CountDownLatch(1).await();
    }
}
