package io.millrace.api;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;

/**
 * What a process tells whoever operates it, under {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 *
 * @param live whether it works, or will again by itself; if not, it should be restarted. Must not block
 * @param ready whether it can be used. Must not block
 * @param metrics what it measures; read at each scrape, by several threads at once
 */
public record Operations(Supplier<Readiness> live, Supplier<Readiness> ready, PrometheusRegistry metrics) {
    /** Of a process that measures nothing, and lives as long as it answers. */
    public static Operations of(Supplier<Readiness> ready) {
        return new Operations(Readiness::yes, ready, new PrometheusRegistry());
    }
}
