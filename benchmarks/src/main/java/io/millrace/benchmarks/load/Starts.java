package io.millrace.benchmarks.load;

import io.millrace.benchmarks.load.mix.Variety;
import io.millrace.schemas.Start;
import java.util.Map;

/** What is started: on the queue, with the priority and the partition key that the plan says. */
final class Starts {
    private static final int MOST_URGENT = 1;

    private final LoadPlan plan;

    Starts(LoadPlan plan) {
        this.plan = plan;
    }

    /** A workflow of the load. */
    Start ofLoad(int index) {
        Start start = onQueue(WorkerProcess.STEP);
        plan.priorities().ifPresent(priorities -> start.setPriority(priorities.of(index)));
        int keys = plan.queue().partitionKeys;
        if (keys > 0) {
            start.setPartitionKey("key-" + index % keys);
        }
        if (plan.probes().list) {
            Variety.apply(index, start);
        }
        return start;
    }

    /** One that says when it began to run, and is to be run at once where the queue allows that. */
    Start probe() {
        Start start = onQueue(WorkerProcess.PROBE);
        if (plan.priorities().isPresent()) {
            start.setPriority(MOST_URGENT);
        }
        return start;
    }

    /** Without Avro's builder, which copies each default value: there are a million of these. */
    private Start onQueue(String workflowType) {
        Start start = new Start();
        start.setWorkflowType(workflowType);
        start.setQueue(plan.queue().queue);
        start.setAttributes(Map.of());
        return start;
    }
}
