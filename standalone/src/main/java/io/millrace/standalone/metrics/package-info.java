/**
 * What Millrace's processes measure, as Prometheus wants it: {@link io.millrace.standalone.metrics.EngineMetrics} and
 * {@link io.millrace.standalone.metrics.WorkerMetrics} count what the observers of the engine and of workers are told,
 * {@link io.millrace.standalone.metrics.EngineGauges} and {@link io.millrace.standalone.metrics.KafkaMetrics} read at each scrape. The names are a
 * contract with dashboards and alerts: see {@code docs/handbook/observability.md}, which a test holds against a scrape.
 */
@NullMarked
package io.millrace.standalone.metrics;

import org.jspecify.annotations.NullMarked;
