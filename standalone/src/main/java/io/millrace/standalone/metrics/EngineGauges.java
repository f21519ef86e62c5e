package io.millrace.standalone.metrics;

import io.millrace.engine.EngineHealth;
import io.millrace.engine.EngineReadings;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What is read off an engine at each scrape. */
public final class EngineGauges {
    private EngineGauges() {}

    /** Registers them for the one engine of this process. */
    public static void register(
            PrometheusRegistry registry, Supplier<EngineHealth> health, Supplier<EngineReadings> readings) {
        gauge(
                registry,
                "millrace_engine_live",
                "Whether this instance works, or will again by itself: 1, else 0.",
                () -> health.get().live() ? 1 : 0);
        gauge(
                registry,
                "millrace_engine_ready",
                "Whether this instance works on all its partitions, and the broker answers: 1, else 0.",
                () -> health.get().ready() ? 1 : 0);
        gauge(
                registry,
                "millrace_engine_partitions",
                "Partitions that this instance has.",
                () -> readings.get().partitions());
        gauge(
                registry,
                "millrace_restore_remaining_records",
                "Records of state that are still to be restored from Kafka, about.",
                () -> readings.get().restoring().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        gauge(
                registry,
                "millrace_workers_alive",
                "Workers of the namespace that are alive, as this instance hears them.",
                () -> readings.get().workers());
        gauge(
                registry,
                "millrace_workers_slots",
                "How many workflows the workers that are alive run at once.",
                () -> readings.get().workerSlots());
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }
}
