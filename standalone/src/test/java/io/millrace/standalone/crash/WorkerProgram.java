package io.millrace.standalone.crash;

import io.millrace.worker.Worker;
import io.millrace.worker.WorkerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A worker as a user would write it, in a process of its own. */
public final class WorkerProgram {
    /** So short that a stop does not wait for a step at a closed gate. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private WorkerProgram() {}

    private static final int FIXED_ARGUMENTS = 6;

    /** Tells a worker what it runs. */
    public interface Registration {
        /**
         * Adds workflows.
         *
         * @param directory the directory of effects and gates
         * @param workerId who the worker is, once it runs
         */
        WorkerBuilder on(WorkerBuilder builder, String workflowType, Path directory, Supplier<String> workerId);
    }

    /** Runs {@link GatedWorkflow}. */
    public static void main(String[] args) throws InterruptedException {
        run(
                args,
                (builder, type, directory, workerId) ->
                        builder.workflow(type, GatedWorkflow.Input.class, new GatedWorkflow(directory, workerId)));
    }

    /**
     * Runs a worker until the process is stopped.
     *
     * @param args bootstrap servers, namespace, queues separated by commas, workflow type, lease in milliseconds, the directory of effects and gates, and settings
     *     for Kafka as name=value
     */
    public static void run(String[] args, Registration workflows) throws InterruptedException {
        AtomicReference<Worker> self = new AtomicReference<>();
        Map<String, String> kafka = Arrays.stream(args)
                .skip(FIXED_ARGUMENTS)
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        WorkerBuilder builder = Worker.builder(args[0]).namespace(args[1]).kafka(kafka);
        for (String queue : args[2].split(",")) {
            builder.queue(queue);
        }
        Worker worker = workflows
                .on(
                        builder,
                        args[3],
                        Path.of(args[5]),
                        () -> self.get().workerId().orElse("nobody"))
                .lease(Duration.ofMillis(Long.parseLong(args[4])))
                .shutdownGrace(GRACE)
                .slots(16)
                .build();
        self.set(worker);
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
        worker.start();
        System.out.println("worker " + worker.workerId().orElse("of no id") + " has started");
        // The worker's own threads do not keep a process alive.
        new CountDownLatch(1).await();
    }
}
