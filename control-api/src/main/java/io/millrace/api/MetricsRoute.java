package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code GET /metrics} in Prometheus' own text formats: what this process measures, and what it asks others for at each scrape. */
final class MetricsRoute implements Routes {
    private final PrometheusRegistry own;
    private final Supplier<CompletableFuture<MetricSnapshots>> others;
    private final ExpositionFormats formats = ExpositionFormats.init();

    /**
     * A route over two sources, which have no name in common.
     *
     * @param others asked at each scrape; must not end with an error
     */
    MetricsRoute(PrometheusRegistry own, Supplier<CompletableFuture<MetricSnapshots>> others) {
        this.own = own;
        this.others = others;
    }

    /** What this process measures alone. */
    static MetricsRoute of(PrometheusRegistry own) {
        return new MetricsRoute(own, () -> CompletableFuture.completedFuture(new MetricSnapshots()));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/metrics", this::scrape, Role.VIEWER);
    }

    private void scrape(Context ctx) {
        // Not on the thread that answers: it reads the answers to everybody's questions, and writing all this takes a
        // moment.
        ctx.future(() -> others.get().thenAcceptAsync(asked -> answer(ctx, asked)));
    }

    private void answer(Context ctx, MetricSnapshots asked) {
        List<MetricSnapshot> all = new ArrayList<>();
        own.scrape().forEach(all::add);
        asked.forEach(all::add);
        ExpositionFormatWriter writer = formats.findWriter(ctx.header("Accept"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, new MetricSnapshots(all));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        ctx.contentType(writer.getContentType()).result(text.toByteArray());
    }
}
