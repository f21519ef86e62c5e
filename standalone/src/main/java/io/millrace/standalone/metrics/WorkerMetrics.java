package io.millrace.standalone.metrics;

import io.millrace.worker.WorkerObserver;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.Map;

/** Counts what a worker does. */
public final class WorkerMetrics implements WorkerObserver {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ByName<OfType> types;
    private final GaugeDataPoint slots;
    private final GaugeDataPoint eagerSlots;
    private final GaugeDataPoint running;
    private final GaugeDataPoint unacknowledged;
    private final CounterDataPoint recordsArrived;
    private final CounterDataPoint recordsLost;
    private final CounterDataPoint beatsArrived;
    private final CounterDataPoint beatsLost;
    private final CounterDataPoint leasesLost;

    /** The series of one workflow type. */
    private record OfType(
            Map<ExecutionEnd, CounterDataPoint> executions,
            DistributionDataPoint executionDuration,
            Map<StepEnd, CounterDataPoint> steps,
            DistributionDataPoint stepDuration) {}

    /** Registers the metrics of the one worker of this process. */
    public WorkerMetrics(PrometheusRegistry registry) {
        Series series = new Series(registry);
        types = types(series);
        Gauge places = Gauge.builder()
                .name("millrace_worker_slots")
                .help("Workflows that this worker runs at once: given by the engine, and started in its own process.")
                .labelNames("kind")
                .register(registry);
        slots = places.labelValues("granted");
        eagerSlots = places.labelValues("eager");
        running = gauge(registry, "millrace_worker_slots_in_use", "Workflows whose code is in this worker.");
        unacknowledged = gauge(
                registry, "millrace_worker_records_unacknowledged", "Records sent that Kafka has not acknowledged.");
        Counter records = series.counter("millrace_worker_records_total", "Records sent, by outcome.", "outcome");
        recordsArrived = records.labelValues("acknowledged");
        recordsLost = records.labelValues("failed");
        Counter beats = series.counter("millrace_worker_heartbeats_total", "Heartbeats sent, by outcome.", "outcome");
        beatsArrived = beats.labelValues("acknowledged");
        beatsLost = beats.labelValues("failed");
        leasesLost = series.single(
                "millrace_worker_leases_lost_total", "How often this worker abandoned all it had, and began anew.");
    }

    private static ByName<OfType> types(Series series) {
        Counter executions = series.counter(
                "millrace_worker_executions_total",
                "Executions of workflows that ended in this worker, by how.",
                "workflow_type",
                "ending");
        Histogram duration = series.histogram(
                "millrace_worker_execution_duration_seconds",
                "How long a workflow's code was in this worker at a time.",
                Buckets.WORKFLOWS,
                "workflow_type");
        Counter steps = series.counter(
                "millrace_worker_steps_total", "Attempts of steps that ended here, by how.", "workflow_type", "status");
        Histogram stepDuration = series.histogram(
                "millrace_worker_step_duration_seconds",
                "How long the code of a step's attempt ran.",
                Buckets.STEPS,
                "workflow_type");
        return new ByName<>(type -> new OfType(
                Series.each(
                        ExecutionEnd.class,
                        Arrays.asList(ExecutionEnd.values()),
                        how -> executions.labelValues(type, how)),
                duration.labelValues(type),
                Series.each(StepEnd.class, Arrays.asList(StepEnd.values()), how -> steps.labelValues(type, how)),
                stepDuration.labelValues(type)));
    }

    private static GaugeDataPoint gauge(PrometheusRegistry registry, String name, String help) {
        Gauge gauge = Gauge.builder().name(name).help(help).register(registry);
        gauge.set(0);
        return gauge;
    }

    @Override
    public void ready(int granted, int eager) {
        slots.set(granted);
        eagerSlots.set(eager);
    }

    @Override
    public void executionBegan(String workflowType) {
        running.inc();
    }

    @Override
    public void executionEnded(String workflowType, ExecutionEnd how, long nanos) {
        running.dec();
        OfType type = types.of(workflowType);
        type.executions().get(how).inc();
        type.executionDuration().observe(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void stepEnded(String workflowType, StepEnd how, long nanos) {
        OfType type = types.of(workflowType);
        type.steps().get(how).inc();
        type.stepDuration().observe(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void recordSent() {
        unacknowledged.inc();
    }

    @Override
    public void recordAcknowledged(boolean arrived) {
        unacknowledged.dec();
        (arrived ? recordsArrived : recordsLost).inc();
    }

    @Override
    public void heartbeat(boolean arrived) {
        (arrived ? beatsArrived : beatsLost).inc();
    }

    @Override
    public void leaseLost() {
        leasesLost.inc();
    }
}
