package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.WallClock;
import io.millrace.benchmarks.process.TiedToParent;
import io.millrace.worker.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A worker of a scenario, which works from the start. */
final class ScenarioWorker {
    /** Told to it: steps that hold end. */
    static final String RELEASE = "release";

    /** Told to it: be no worker, and stay warm. */
    static final String REST = "rest";

    /** Told to it: be one again. */
    static final String WORK = "work";

    private ScenarioWorker() {}

    /**
     * Bootstrap servers, namespace, slots, the file to which the ids of workflows that hold are written, each with the time, and a file that is there
     * as long as it works.
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        Path ready = Path.of(args[4]);
        try (PrintWriter arrivals = new PrintWriter(Files.newBufferedWriter(Path.of(args[3])), true)) {
            ScenarioWorkflows workflows =
                    new ScenarioWorkflows(workflowId -> arrivals.println(workflowId + " " + WallClock.micros()));
            Worker worker = start(args, workflows, ready);
            while (true) {
                switch (TiedToParent.nextLine()) {
                    case RELEASE -> workflows.release();
                    case REST -> {
                        worker.close();
                        Files.delete(ready);
                    }
                    case WORK -> worker = start(args, workflows, ready);
                    default -> throw new IllegalStateException("a worker is told something that it does not know");
                }
            }
        }
    }

    private static Worker start(String[] args, ScenarioWorkflows workflows, Path ready) throws IOException {
        int slots = Integer.parseInt(args[2]);
        Worker worker = workflows
                .register(Worker.builder(args[0]).namespace(args[1]))
                .slots(slots)
                .eagerSlots(0)
                // Each workflow that holds has a thread.
                .platformThreads(slots)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
        worker.start();
        Files.createFile(ready);
        return worker;
    }
}
