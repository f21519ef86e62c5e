package io.millrace.examples.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the spans of this process, and prints them when it is over: each below its parent, in the order in which they began. */
final class SpanTree implements SpanExporter {
    private static final String NO_PARENT = "0000000000000000";

    private final Collection<SpanData> spans = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
        spans.addAll(ended);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    void print() {
        printBelow(NO_PARENT, "");
    }

    private void printBelow(String parentId, String indent) {
        List<SpanData> children = spans.stream()
                .filter(span -> span.getParentSpanId().equals(parentId))
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .toList();
        for (SpanData span : children) {
            System.out.println(indent + span.getName());
            printBelow(span.getSpanId(), indent + "  ");
        }
    }
}
