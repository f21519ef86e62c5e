package io.millrace.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The step from which on a workflow is to run; one of these is given. */
final class FromOptions {
    /** A step that is found by what it is. */
    enum Point {
        LAST_FAILURE,
        LAST_STEP;

        /** As people write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--from-step",
            paramLabel = "N",
            description = "The step's number, from 1; see workflow steps. One more than there are: after the last one.")
    private @Nullable Integer step;

    @Option(names = "--from-step-name", paramLabel = "NAME", description = "The name of the step, if only one has it.")
    private @Nullable String stepName;

    @Option(
            names = "--from",
            paramLabel = "last-failure|last-step",
            converter = StepPoints.class,
            description = "The last step that failed (where none did: the first that has not ended), or the last one.")
    private @Nullable Point point;

    boolean isPoint() {
        return point != null;
    }

    void addTo(JsonBody body) {
        body.put("startStep", step).put("stepName", stepName).put("from", point == null ? null : point.name());
    }
}
