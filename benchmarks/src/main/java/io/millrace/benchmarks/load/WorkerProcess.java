package io.millrace.benchmarks.load;

import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A worker as a user would write it. */
final class WorkerProcess {
    /** One step that takes its time. */
    static final String STEP = "load.step";

    /** Returns when its first line ran: microseconds since the epoch. */
    static final String PROBE = "load.probe";

    private WorkerProcess() {}

    /** Bootstrap servers, namespace, queue, slots, step time. */
    public static void main(String[] args) throws InterruptedException {
        StepTime stepTime = StepTime.parse(args[4]);
        Worker worker = Worker.builder(args[0])
                .namespace(args[1])
                .queue(args[2])
                .workflow(STEP, Void.class, (ctx, none) -> runStep(ctx, stepTime))
                .workflow(PROBE, Void.class, (ctx, none) -> microsNow())
                .slots(Integer.parseInt(args[3]))
                .eagerSlots(0)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
        worker.start();
        System.out.println("worker " + worker.workerId().orElse("of no id") + " has started");
        new CountDownLatch(1).await();
    }

    static long microsNow() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static @Nullable Void runStep(WorkflowContext ctx, StepTime time) {
        ctx.step("step", RetryPolicy.NONE, () -> {
            long millis = time.drawMs(ThreadLocalRandom.current());
            if (millis > 0) {
                Thread.sleep(millis);
            }
        });
        return null;
    }
}
