package io.millrace.standalone.metrics;

import io.millrace.engine.observe.StepOutcome;
import io.millrace.schemas.WorkflowStatus;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What an engine counts for each workflow type. */
final class TypeMetrics {
    /** How a workflow can end. */
    private static final List<WorkflowStatus> OUTCOMES = List.of(
            WorkflowStatus.COMPLETED,
            WorkflowStatus.FAILED,
            WorkflowStatus.CANCELLED,
            WorkflowStatus.TERMINATED,
            WorkflowStatus.TIMED_OUT,
            WorkflowStatus.RETRIES_EXHAUSTED);

    private final Counter started;
    private final Counter closed;
    private final Histogram duration;
    private final Counter purged;
    private final Counter steps;
    private final Histogram stepDuration;

    /** The series of one type. */
    record OfType(
            CounterDataPoint started,
            Map<WorkflowStatus, CounterDataPoint> closed,
            DistributionDataPoint duration,
            CounterDataPoint purged,
            Map<StepOutcome, CounterDataPoint> steps,
            DistributionDataPoint stepDuration) {}

    TypeMetrics(Series series) {
        started = series.counter("millrace_workflows_started_total", "Workflows that came on record.", "workflow_type");
        closed = series.counter(
                "millrace_workflows_closed_total", "Workflows that ended, by how.", "workflow_type", "outcome");
        duration = series.histogram(
                "millrace_workflow_duration_seconds",
                "From when a workflow was first given to a worker to its end, waits included.",
                Buckets.WORKFLOWS,
                "workflow_type");
        purged = series.counter(
                "millrace_workflows_purged_total",
                "Closed workflows that are not kept any more: their retention was over.",
                "workflow_type");
        steps = series.counter(
                "millrace_steps_total",
                "Attempts of steps that ended and are on record, by how.",
                "workflow_type",
                "status");
        stepDuration = series.histogram(
                "millrace_step_duration_seconds",
                "How long an attempt of a step took, by its worker's clock.",
                Buckets.STEPS,
                "workflow_type");
    }

    OfType of(String type) {
        return new OfType(
                started.labelValues(type),
                Series.each(WorkflowStatus.class, OUTCOMES, outcome -> closed.labelValues(type, outcome)),
                duration.labelValues(type),
                purged.labelValues(type),
                Series.each(
                        StepOutcome.class,
                        Arrays.asList(StepOutcome.values()),
                        outcome -> steps.labelValues(type, outcome)),
                stepDuration.labelValues(type));
    }
}
