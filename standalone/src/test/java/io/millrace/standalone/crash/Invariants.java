package io.millrace.standalone.crash;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of the topics when everything has come to rest, whatever happened before; judged by the topics and the effects alone. */
final class Invariants {
    private final Stage stage;
    private final TopicContents topics;

    Invariants(Stage stage) {
        this.stage = stage;
        this.topics = stage.topics();
    }

    void check() {
        assertEquals(0, topics.count(Topic.DEAD_LETTERS), "nothing that was sent is unusable");
        checkEveryCommandIsAnsweredOnce();
        Map<String, WorkflowState> states = lastStates();
        Map<String, List<Effects.Effect>> effects =
                stage.effects().all().stream().collect(groupingBy(Effects.Effect::workflowId));
        Map<String, RecordedHistory> histories = RecordedHistory.all(topics);
        assertEquals(states.keySet(), histories.keySet(), "what has a status has a history");
        histories.forEach((workflowId, history) -> {
            history.check();
            checkIsCompleted(history, states.get(workflowId));
            checkEffects(history, effects.getOrDefault(workflowId, List.of()));
        });
        System.out.println("  " + histories.size() + " workflows, " + summary(histories));
    }

    private void checkEveryCommandIsAnsweredOnce() {
        Map<String, List<CommandReply>> replies = topics.read(Topic.REPLIES, CommandReply.class).stream()
                .map(TopicContents.Entry::value)
                .collect(groupingBy(CommandReply::getCommandId));
        for (TopicContents.Entry<Command> command : topics.read(Topic.COMMANDS, Command.class)) {
            List<CommandReply> answers = replies.getOrDefault(command.value().getCommandId(), List.of());
            assertEquals(1, answers.size(), "answers to " + command.value() + ": " + answers);
            assertEquals(CommandOutcome.ACCEPTED, answers.get(0).getOutcome(), answers.toString());
        }
    }

    private static void checkIsCompleted(RecordedHistory history, WorkflowState state) {
        assertEquals(WorkflowStatus.COMPLETED, state.getStatus(), state + " " + history);
        assertEquals(1, history.facts(HistoryFact::getWorkflowCompleted).size(), history.toString());
        List<Long> epochs = history.epochs();
        assertEquals(epochs.get(epochs.size() - 1), state.getEpoch(), state + " " + history);
    }

    private static void checkEffects(RecordedHistory history, List<Effects.Effect> effects) {
        history.checkAgainst(effects);
        Map<String, Long> grants = history.facts(HistoryFact::getGranted).stream()
                .collect(groupingBy(granted -> granted.getWorkerId(), counting()));
        Map<Integer, Long> failures = history.facts(HistoryFact::getStepAttemptFailed).stream()
                .collect(groupingBy(failed -> failed.getSeq(), counting()));
        Map<Integer, List<String>> begunBy =
                effects.stream().collect(groupingBy(Effects.Effect::seq, mapping(Effects.Effect::workerId, toList())));
        begunBy.forEach((seq, workers) -> workers.stream().distinct().forEach(worker -> {
            long begun = workers.stream().filter(worker::equals).count();
            // Each execution begins an attempt once. A grant of an aborted transaction, which no history has, may be
            // one more.
            long allowed = grants.getOrDefault(worker, 0L) + 1 + failures.getOrDefault(seq, 0L);
            assertTrue(begun <= allowed, "step " + seq + " began " + begun + " times in " + worker + ": " + history);
        }));
    }

    private Map<String, WorkflowState> lastStates() {
        Map<String, WorkflowState> states = new HashMap<>();
        topics.read(Topic.STATUS, WorkflowState.class).forEach(entry -> states.put(entry.key(), entry.value()));
        return states;
    }

    private static String summary(Map<String, RecordedHistory> histories) {
        long lost = histories.values().stream()
                .mapToLong(history -> history.facts(HistoryFact::getWorkerLost).size())
                .sum();
        long left = histories.values().stream()
                .mapToLong(history -> history.facts(HistoryFact::getReleased).size())
                .sum();
        return lost + " times one lost its worker, " + left + " times one was given back";
    }
}
