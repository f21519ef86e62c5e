package io.millrace.examples.tracing;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;

/**
 * Follows an order from the request that places it to the child workflow that charges the card: one trace, although the order sleeps in between and is
 * another execution afterwards. Here the spans are printed; with another exporter they go to Jaeger, Tempo or whatever there is.
 */
public final class Tracing {
    private static final String QUEUE = "examples.tracing";

    private Tracing() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        SpanTree spans = new SpanTree();
        try (OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build()) {
            Tracer tracer = telemetry.getTracer("shop");
            try (Worker worker = Worker.builder(servers)
                            .kafka(Arguments.kafka())
                            .openTelemetry(telemetry)
                            .queue(QUEUE)
                            .workflow("order", String.class, (ctx, item) -> order(ctx, item, tracer))
                            .workflow("payment", String.class, Tracing::pay)
                            .build();
                    MillraceClient client = MillraceClient.builder()
                            .kafkaProperties(Arguments.kafka())
                            .openTelemetry(telemetry)
                            .connect(servers)) {
                worker.start();
                System.out.println(placeOrder(client, tracer));
            }
        }
        spans.print();
    }

    /** A request, as an instrumented web server would make a span of it: what is started in it belongs to it. */
    private static String placeOrder(MillraceClient client, Tracer tracer) {
        Span request = tracer.spanBuilder("POST /orders").startSpan();
        Scope current = request.makeCurrent();
        try {
            StartOptions options = StartOptions.workflowId(RunId.of("order")).queue(QUEUE);
            return client.start("order", "a chair", String.class, options).result();
        } finally {
            current.close();
            request.end();
        }
    }

    private static String order(WorkflowContext ctx, String item, Tracer tracer) {
        // Whatever is instrumented and called in a step, an HTTP client for example, finds the step's span as the
        // current one.
        ctx.step("reserve", () -> tracer.spanBuilder("PUT /stock").startSpan().end());
        ctx.sleep(Duration.ofSeconds(2));
        return ctx.child("payment", item, String.class).result();
    }

    private static String pay(WorkflowContext ctx, String item) {
        return ctx.step("charge", String.class, () -> item + " is paid");
    }
}
