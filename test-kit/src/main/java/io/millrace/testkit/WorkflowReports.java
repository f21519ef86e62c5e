package io.millrace.testkit;

import io.millrace.schemas.Failure;
import io.millrace.schemas.GetSteps;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.Query;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in text what is on record, for people who look at a test that failed. */
final class WorkflowReports {
    private static final int PAGE_STEPS = 200;

    private final InProcessEngine engine;
    private final InProcessWorker worker;
    private final Clock clock;
    private final FactWords words;

    WorkflowReports(InProcessEngine engine, InProcessWorker worker, Clock clock) {
        this.engine = engine;
        this.worker = worker;
        this.clock = clock;
        this.words = new FactWords(worker::nameOf);
    }

    Optional<WorkflowState> stateOf(String workflowId) {
        Query query = blankQuery().setGetWorkflow(new GetWorkflow(workflowId)).build();
        return Optional.ofNullable(engine.answer(query).getWorkflow().getWorkflow());
    }

    /** All workflows. */
    String ofAll() {
        return engine.histories().keySet().stream().map(this::of).collect(Collectors.joining("\n"));
    }

    /** One workflow: how it stands, its steps, its history. */
    String of(String workflowId) {
        return stateOf(workflowId)
                .map(state -> headline(state) + "\n" + steps(workflowId)
                        + history(workflowId).stream()
                                .map(line -> "  " + line + "\n")
                                .collect(Collectors.joining()))
                .orElse("there is no workflow \"" + workflowId + "\"\n");
    }

    /** Each fact on record, in order: when it was recorded, and what it says. */
    List<String> history(String workflowId) {
        List<String> lines = new ArrayList<>();
        for (HistoryEntry entry : engine.histories().getOrDefault(workflowId, List.of())) {
            entry.getFacts().forEach(fact -> lines.add(Instant.ofEpochMilli(entry.getAtMs()) + "  " + words.of(fact)));
        }
        return lines;
    }

    private String headline(WorkflowState state) {
        String name = "workflow \"" + state.getWorkflowId() + "\" (" + state.getWorkflowType() + ") ";
        if (state.getCompletedAtMs() != null) {
            Failure failure = state.getFailure();
            return name + "ended as " + state.getStatus() + " at " + Instant.ofEpochMilli(state.getCompletedAtMs())
                    + (failure == null ? "" : ": " + FactWords.of(failure));
        }
        return name + "has not ended: at " + clock.instant() + " it is " + state.getStatus() + waits(state);
    }

    private String waits(WorkflowState state) {
        String owner = state.getWorkerId();
        if (owner != null && engine.isMissing(owner)) {
            return ", in " + worker.nameOf(owner) + ", which has crashed and whose lease still runs";
        }
        String waitingFor = state.getStatus() == WorkflowStatus.DELAYED ? "its delay" : state.getWaitingFor();
        return waitingFor == null ? "" : ", and waits for " + waitingFor;
    }

    private String steps(String workflowId) {
        TextTable table = new TextTable();
        Integer next = 1;
        while (next != null) {
            Query query = blankQuery()
                    .setGetSteps(new GetSteps(workflowId, next, PAGE_STEPS))
                    .build();
            StepsAnswer page = engine.answer(query).getSteps();
            page.getSteps().forEach(step -> addTo(table, step));
            next = page.getNextSeq();
        }
        return table.toString();
    }

    private static void addTo(TextTable table, RecordedStep step) {
        table.row(
                "  step " + step.getSeq(),
                "\"" + step.getName() + "\"",
                step.getStatus().toString(),
                step.getAttempts() > 1 ? step.getAttempts() + " attempts" : "",
                when(step),
                outcome(step));
    }

    private static String outcome(RecordedStep step) {
        return switch (step.getStatus()) {
            case COMPLETED -> FactWords.of(step.getOutput());
            case WAITING -> "";
            case RETRYING, FAILED, CANCELLED, UNKNOWN ->
                step.getFailure() == null ? "" : FactWords.of(step.getFailure());
        };
    }

    private static String when(RecordedStep step) {
        if (step.getDueAtMs() != null) {
            return "until " + Instant.ofEpochMilli(step.getDueAtMs());
        }
        @Nullable Long ended = step.getCompletedAtMs();
        return ended == null ? "" : Instant.ofEpochMilli(ended).toString();
    }

    private static Query.Builder blankQuery() {
        return Query.newBuilder().setQueryId("report").setAnswerPartition(0);
    }
}
