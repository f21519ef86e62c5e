package io.millrace.standalone.sample;

import io.millrace.client.QueueOptions;
import io.millrace.schemas.Namespace;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerObserver;
import java.util.HashMap;
import java.util.Map;

/** A worker with all sample workflows, on queue {@code default} and on one with limits, to see a backlog on. */
public final class SampleWorker implements AutoCloseable {
    /** The queue with limits. */
    public static final String LIMITED_QUEUE = "demo.limited";

    /** So few that three workflows are a backlog. */
    private static final int AT_ONCE = 2;

    /** Enough for a demonstration; the workflows mostly sleep. */
    private static final int SLOTS = 64;

    private final Worker worker;
    private final KafkaFailureBudget failures;

    private SampleWorker(Worker worker, KafkaFailureBudget failures) {
        this.worker = worker;
        this.failures = failures;
    }

    /**
     * Starts the worker.
     *
     * @param bootstrapServers Kafka brokers as {@code host:port}, separated by commas
     * @param namespace the prefix of all topics
     * @param kafka further settings of Kafka clients
     * @param observer is told what the worker does
     */
    public static SampleWorker start(
            String bootstrapServers, Namespace namespace, Map<String, String> kafka, WorkerObserver observer) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("bootstrap.servers", bootstrapServers);
        KafkaFailureBudget failures = new KafkaFailureBudget(namespace, settings);
        Worker worker = Worker.builder(bootstrapServers)
                .namespace(namespace.name())
                .kafka(kafka)
                .workflow(StepsWorkflow.TYPE, StepsInput.class, new StepsWorkflow(failures))
                .workflow(CheckoutWorkflow.TYPE, Order.class, new CheckoutWorkflow(new ShopServices()))
                .queue("default")
                .queue(
                        LIMITED_QUEUE,
                        QueueOptions.unlimited().concurrency(AT_ONCE).priorities())
                .slots(SLOTS)
                .observer(observer)
                .build();
        worker.start();
        return new SampleWorker(worker, failures);
    }

    /** Whether the engine knows it now: not between the loss of a lease and a new beginning. */
    public boolean isReady() {
        return worker.workerId().isPresent();
    }

    /** Gives back the workflows that it owns, and stops. */
    @Override
    public void close() {
        worker.close();
        failures.close();
    }
}
