package io.millrace.testkit;

import io.millrace.tracing.internal.TraceAttributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Spans as a text: each below its parent, in the order in which they began, with how an execution ended and the workflow that it is of. */
final class SpanTree {
    private final List<SpanData> spans;
    private final Map<String, SpanData> byId;
    private final List<String> lines = new ArrayList<>();

    private SpanTree(List<SpanData> spans) {
        this.spans = spans.stream()
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .toList();
        this.byId = spans.stream().collect(Collectors.toMap(SpanData::getSpanId, span -> span));
    }

    static String of(List<SpanData> spans) {
        SpanTree tree = new SpanTree(spans);
        tree.spans.stream()
                .filter(span -> !tree.byId.containsKey(span.getParentSpanId()))
                .forEach(root -> tree.add(root, ""));
        return String.join("\n", tree.lines) + "\n";
    }

    private void add(SpanData span, String indent) {
        lines.add(indent + text(span));
        spans.stream()
                .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
                .forEach(child -> {
                    if (!child.getTraceId().equals(span.getTraceId())) {
                        throw new AssertionError(child + " is in another trace than its parent");
                    }
                    add(child, indent + "  ");
                });
    }

    private String text(SpanData span) {
        StringBuilder text = new StringBuilder(span.getName());
        String end = span.getAttributes().get(TraceAttributes.EXECUTION_END);
        if (end != null) {
            text.append(' ')
                    .append(span.getAttributes().get(TraceAttributes.WORKFLOW_ID))
                    .append(": ")
                    .append(end);
        }
        if (!span.getStatus().getDescription().isEmpty()) {
            text.append(" !");
        }
        span.getEvents().stream()
                .filter(event -> !event.getName().equals("exception"))
                .forEach(event -> text.append(" (").append(event.getName()).append(')'));
        span.getLinks().forEach(link -> text.append(" -> ").append(nameOf(link.getSpanContext())));
        return text.toString();
    }

    private String nameOf(SpanContext linked) {
        SpanData target = byId.get(linked.getSpanId());
        return target == null ? "a span that is not here" : target.getName();
    }
}
