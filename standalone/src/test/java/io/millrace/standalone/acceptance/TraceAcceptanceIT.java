package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.client.WorkflowHandle;
import io.millrace.worker.Worker;
import io.millrace.worker.Workflow;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A trace that goes by way of a real broker, from worker to worker and from parent to child. */
final class TraceAcceptanceIT {
    private static final AttributeKey<String> END = AttributeKey.stringKey("millrace.execution.end");
    private static final AttributeKey<String> WORKER = AttributeKey.stringKey("millrace.worker.id");

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    @Test
    void shouldFollowAWorkflowFromItsStartThroughTwoWorkersToItsChild() {
        // given a workflow in the midst of a step, on the only worker
        Gate gate = scene.gate();
        Workflow<String, String> parent = (ctx, input) -> {
            ctx.step("first", () -> {});
            ctx.step("second", gate::pass);
            return ctx.child("kid", "x", String.class).result();
        };
        Worker first = startWorker(parent);
        WorkflowHandle<String> workflow = start();
        gate.awaitArrival();
        // when that worker leaves, and another one takes over
        startWorker(parent);
        first.close();
        gate.open();
        assertEquals("from the child", workflow.result(Scene.PATIENCE));
        // then all that both did is one trace
        await("the end of both workflows' spans")
                .atMost(Scene.PATIENCE)
                .until(() -> ended("run kid") && ended("run parent"));
        assertEquals(
                1,
                TELEMETRY.getSpans().stream()
                        .map(SpanData::getTraceId)
                        .distinct()
                        .count());
        SpanData start = spans("start parent").get(0);
        List<SpanData> runs = spans("run parent");
        runs.forEach(run -> assertEquals(start.getSpanId(), run.getParentSpanId()));
        SpanData before = run("released");
        assertNotEquals(
                before.getAttributes().get(WORKER),
                run("completed").getAttributes().get(WORKER));
        assertEquals(before.getSpanId(), spans("step first").get(0).getParentSpanId());
        assertEquals(1, spans("step first").size(), "it is not run again");
        // and the step that was under way ran in both
        List<String> ofSecond =
                spans("step second").stream().map(SpanData::getParentSpanId).toList();
        assertEquals(2, Set.copyOf(ofSecond).size());
        assertTrue(ofSecond.contains(before.getSpanId()));
        SpanData startOfChild = spans("start kid").get(0);
        Set<String> ofParent = runs.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
        assertTrue(ofParent.contains(startOfChild.getParentSpanId()));
        assertEquals(startOfChild.getSpanId(), spans("run kid").get(0).getParentSpanId());
    }

    private WorkflowHandle<String> start() {
        try (MillraceClient client = MillraceClient.builder()
                .namespace(MILLRACE.namespace().name())
                .openTelemetry(TELEMETRY.getOpenTelemetry())
                .connect(MILLRACE.bootstrapServers())) {
            String id = client.start("parent", "x", String.class, scene.options("traced"))
                    .workflowId();
            return scene.workflow(id);
        }
    }

    private Worker startWorker(Workflow<String, String> parent) {
        return scene.start(scene.worker()
                .openTelemetry(TELEMETRY.getOpenTelemetry())
                .workflow("parent", String.class, parent)
                .workflow("kid", String.class, (ctx, input) -> "from the child"));
    }

    private static boolean ended(String name) {
        return spans(name).stream()
                .anyMatch(span -> "completed".equals(span.getAttributes().get(END)));
    }

    /** The execution of the parent that ended so. */
    private static SpanData run(String end) {
        return spans("run parent").stream()
                .filter(run -> end.equals(run.getAttributes().get(END)))
                .findFirst()
                .orElseThrow();
    }

    /** In the order in which they ended, which is any where two workers are at it. */
    private static List<SpanData> spans(String name) {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }
}
