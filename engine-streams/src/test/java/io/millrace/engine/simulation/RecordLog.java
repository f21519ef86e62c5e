package io.millrace.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that came onto a topic in a run, in the order of time, and what else happened in between. */
final class RecordLog {
    private final List<Line> lines = new ArrayList<>();

    /** How a transaction came out, for all the records in it. */
    static final class Outcome {
        private String word = "open";

        void committed() {
            word = "";
        }

        void aborted() {
            word = "aborted";
        }
    }

    private record Line(
            long atMs,
            String where,
            String key,
            @Nullable Object value,
            @Nullable Outcome outcome) {
        String text() {
            String end = outcome == null || outcome.word.isEmpty() ? "" : "  [" + outcome.word + "]";
            return String.format(
                    "%7d  %-14s %s%s%s", atMs, where, key, value == null ? "" : " " + RecordWords.of(value), end);
        }
    }

    /** A record, and the transaction that it is in, if it is in one. */
    void record(long atMs, String where, String key, @Nullable Object value, @Nullable Outcome outcome) {
        lines.add(new Line(atMs, where, key, value, outcome));
    }

    /** Something that is no record. */
    void note(long atMs, String who, String what) {
        lines.add(new Line(atMs, who, what, null, null));
    }

    int size() {
        return lines.size();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }
}
