package io.millrace.benchmarks.load;

import io.millrace.benchmarks.figures.WallClock;
import io.millrace.benchmarks.load.mix.StepTime;
import io.millrace.benchmarks.process.TiedToParent;
import io.millrace.schemas.KafkaProperties;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A worker as a user would write it. */
final class WorkerProcess {
    /** One step that takes its time. */
    static final String STEP = "load.step";

    /** Returns when its first line ran: microseconds since the epoch. */
    static final String PROBE = "load.probe";

    /** Told to it: be a worker from now on. */
    static final String WORK = "work";

    /** Told to it: be none, and stay warm. */
    static final String REST = "rest";

    private static final int KAFKA_CONFIG = 5;

    private WorkerProcess() {}

    /** Bootstrap servers, namespace, queue, slots, step time and, if any, a file of Kafka settings; then, line by line, when to work and when to rest. */
    public static void main(String[] args) throws InterruptedException, IOException {
        Worker working = null;
        while (true) {
            boolean work = TiedToParent.nextLine().equals(WORK);
            if (work && working == null) {
                working = worker(args);
                working.start();
                System.out.println("worker " + working.workerId().orElse("of no id") + " has started");
            } else if (!work && working != null) {
                working.close();
                working = null;
            }
        }
    }

    private static Worker worker(String[] args) throws IOException {
        StepTime stepTime = StepTime.parse(args[4]);
        Worker worker = Worker.builder(args[0])
                .kafka(args.length > KAFKA_CONFIG ? KafkaProperties.read(Path.of(args[KAFKA_CONFIG])) : Map.of())
                .namespace(args[1])
                .queue(args[2])
                .workflow(STEP, Void.class, (ctx, none) -> runStep(ctx, stepTime))
                .workflow(PROBE, Void.class, (ctx, none) -> WallClock.micros())
                .slots(Integer.parseInt(args[3]))
                .eagerSlots(0)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
        return worker;
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
