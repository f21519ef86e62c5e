package io.millrace.standalone.crash;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.Topic;
import io.millrace.standalone.crash.TopicContents.Entry;
import java.util.List;
import java.util.Map;

/** What must hold of workflows that were commanded, when everything has come to rest; judged by the topics and the effects alone. */
final class ControlInvariants {
    private final Stage stage;
    private final TopicContents topics;

    ControlInvariants(Stage stage) {
        this.stage = stage;
        this.topics = stage.topics();
    }

    void check() {
        assertEquals(0, topics.count(Topic.DEAD_LETTERS), "nothing that was sent is unusable");
        checkAnswers();
        Map<String, RecordedHistory> histories = RecordedHistory.all(topics);
        Map<String, Long> sentAtMs = topics.read(Topic.COMMANDS, Command.class).stream()
                .collect(toMap(command -> command.value().getCommandId(), Entry::sentAtMs, Math::min));
        Effects effects = stage.effects();
        histories.forEach((workflowId, history) -> {
            history.check();
            checkCommandsHadOneEffect(history);
            checkNothingBeganWhileCancelled(history, effects.of(workflowId), sentAtMs);
        });
        checkForks(histories);
        System.out.println("  " + histories.size() + " workflows: " + summary(histories));
    }

    /** A command that was sent again has the same answer again, and no other. */
    private void checkAnswers() {
        Map<String, List<CommandReply>> replies = topics.read(Topic.REPLIES, CommandReply.class).stream()
                .map(Entry::value)
                .collect(groupingBy(CommandReply::getCommandId));
        Map<String, Long> sent = topics.read(Topic.COMMANDS, Command.class).stream()
                .collect(groupingBy(command -> command.value().getCommandId(), counting()));
        sent.forEach((commandId, times) -> {
            List<CommandReply> answers = replies.getOrDefault(commandId, List.of());
            assertTrue(!answers.isEmpty() && answers.size() <= times, commandId + " sent " + times + ": " + answers);
            CommandOutcome outcome = answers.get(0).getOutcome();
            assertNotEquals(CommandOutcome.UNKNOWN, outcome, answers.toString());
            answers.forEach(answer -> assertEquals(outcome, answer.getOutcome(), answers.toString()));
        });
    }

    private static void checkCommandsHadOneEffect(RecordedHistory history) {
        assertTrue(history.facts(HistoryFact::getCancelAsked).size() <= 1, history::toString);
        assertTrue(history.facts(HistoryFact::getTerminated).size() <= 1, history::toString);
        assertTrue(history.facts(HistoryFact::getReopened).size() <= 1, history::toString);
        assertTrue(history.facts(HistoryFact::getPaused).size() <= 1, history::toString);
        assertTrue(history.facts(HistoryFact::getForkAsked).size() <= 1, history::toString);
        assertEquals(
                history.facts(HistoryFact::getForkAsked).size(),
                history.facts(HistoryFact::getForkAnswered).size(),
                history::toString);
    }

    /** CANCELLED means stopped. All processes are on one machine, and have one clock. */
    private static void checkNothingBeganWhileCancelled(
            RecordedHistory history, List<Effects.Effect> effects, Map<String, Long> sentAtMs) {
        for (long[] cancelled : history.timesCancelled(sentAtMs)) {
            for (Effects.Effect effect : effects) {
                assertTrue(
                        effect.atMs() <= cancelled[0] || effect.atMs() >= cancelled[1],
                        () -> effect + " began while cancelled: " + history);
            }
        }
    }

    /** A fork has its source's steps with what they returned. */
    private static void checkForks(Map<String, RecordedHistory> histories) {
        histories.forEach((workflowId, fork) -> {
            var start = fork.facts(HistoryFact::getWorkflowStarted).get(0);
            if (start.getForkedFrom() == null) {
                return;
            }
            RecordedHistory source = histories.get(start.getForkedFrom());
            for (var copied : fork.facts(HistoryFact::getStepsCopied)) {
                for (RecordedStep step : copied.getSteps()) {
                    assertTrue(step.getSeq() < start.getForkedFromStep(), fork::toString);
                    source.facts(HistoryFact::getStepCompleted).stream()
                            .filter(completed -> completed.getSeq() == step.getSeq())
                            .map(StepCompleted::getOutput)
                            .forEach(output -> assertEquals(output, step.getOutput(), fork::toString));
                }
            }
        });
    }

    private static String summary(Map<String, RecordedHistory> histories) {
        return count(histories, "cancelled", HistoryFact::getCancelCompleted)
                + count(histories, "terminated", HistoryFact::getTerminated)
                + count(histories, "paused", HistoryFact::getPaused)
                + count(histories, "resumed", HistoryFact::getReopened)
                + count(histories, "forked", HistoryFact::getForkAnswered)
                + count(histories, "times without their worker", HistoryFact::getWorkerLost);
    }

    private static String count(
            Map<String, RecordedHistory> histories,
            String what,
            java.util.function.Function<HistoryFact, Object> fact) {
        long found = histories.values().stream()
                .mapToLong(history -> history.facts(fact).size())
                .sum();
        return found + " " + what + "  ";
    }
}
