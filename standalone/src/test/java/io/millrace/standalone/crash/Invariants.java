package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the topics when everything has come to rest, whatever happened before; judged by the topics and the effects alone. The workflows are read in
 * parts, each of which the topics are read for once more, so that an hour of them needs no more memory than a minute.
 */
final class Invariants {
    /** How many starts' workflows are judged at a time: with their histories some 50 MB. */
    private static final int FAMILIES_PER_PART = 5_000;

    /** In how long the workflows are counted that ended, to show that there was work all the time. */
    private static final long SHOWN_MS = 5_000;

    /** The first few tell what is wrong. */
    private static final int FAULTS_SHOWN = 5;

    private static final Map<String, Function<HistoryFact, @Nullable Object>> COUNTED = Map.of(
            "cancelled", HistoryFact::getCancelCompleted,
            "terminated", HistoryFact::getTerminated,
            "paused", HistoryFact::getPaused,
            "resumed", HistoryFact::getReopened,
            "forked", HistoryFact::getForkAnswered,
            "children ended", HistoryFact::getChildEnded,
            "workers lost", HistoryFact::getWorkerLost,
            "given back", HistoryFact::getReleased,
            "completed", HistoryFact::getWorkflowCompleted);

    private final Stage stage;
    private final Troubles troubles;
    private final TopicContents topics;
    private final QueueInvariants queues = new QueueInvariants();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final TreeMap<Long, Integer> endedByTime = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    Invariants(Stage stage, Troubles troubles) {
        this.stage = stage;
        this.troubles = troubles;
        this.topics = stage.topics();
    }

    /** Of so many starts. */
    void check(int families) {
        assertEquals(0, topics.count(Topic.DEAD_LETTERS), "nothing that was sent is unusable");
        Answers answers = Answers.read(topics);
        answers.checkEachCommandIsAnsweredOnce();
        AbortedGrants aborted = AbortedGrants.read(topics);
        WorkflowInvariants workflows = new WorkflowInvariants(answers, aborted);
        int parts = families / FAMILIES_PER_PART + 1;
        for (int n = 0; n < parts; n++) {
            int part = n;
            checkPart(workflows, workflowId -> Math.floorMod(MixedLoad.family(workflowId), parts) == part);
        }
        List<String> lost = answers.accepted().filter(id -> !seen.contains(id)).toList();
        assertEquals(List.of(), lost, "accepted starts of which there is no history");
        System.out.println("  " + seen.size() + " workflows, " + answers.commands() + " commands: " + counts);
        System.out.println("  ended in each " + SHOWN_MS + " ms: "
                + LongStream.rangeClosed(endedByTime.firstKey(), endedByTime.lastKey())
                        .mapToObj(time -> endedByTime.getOrDefault(time, 0))
                        .toList());
        System.out.println("  " + aborted.total() + " grants of aborted transactions, by which " + workflows.excused()
                + " steps began that may not otherwise");
        assertEquals(
                0, faults.size(), () -> String.join("\n", faults.subList(0, Math.min(faults.size(), FAULTS_SHOWN))));
        LimitedQueues.check(queues);
    }

    private void checkPart(WorkflowInvariants workflows, Predicate<String> wanted) {
        Map<String, WorkflowStatus> statuses = new HashMap<>();
        topics.forEach(
                Topic.STATUS,
                WorkflowState.class,
                wanted,
                state -> statuses.put(state.key(), state.value().getStatus()));
        Map<String, List<Effects.Effect>> effects = stage.effects().byWorkflow(wanted);
        Map<String, RecordedHistory> histories = RecordedHistory.all(topics, wanted);
        assertEquals(statuses.keySet(), histories.keySet(), "what has a status has a history");
        seen.addAll(histories.keySet());
        FamilyInvariants families = new FamilyInvariants(histories);
        histories.forEach((workflowId, history) -> {
            List<Effects.Effect> begun = effects.getOrDefault(workflowId, List.of());
            try {
                workflows.check(history, Optional.ofNullable(statuses.get(workflowId)), begun);
                families.check(history);
            } catch (AssertionError e) {
                faults.add(describe(history, begun, e));
            }
            COUNTED.forEach(
                    (what, fact) -> counts.merge(what, history.facts(fact).size(), Integer::sum));
            endedByTime.merge(history.span()[1] / SHOWN_MS, 1, Integer::sum);
            if (LimitedQueues.NAMES.contains(queueOf(history))) {
                queues.add(history);
            }
        });
    }

    private static String queueOf(RecordedHistory history) {
        return history.facts(HistoryFact::getWorkflowStarted).get(0).getStart().getQueue();
    }

    /** All that one needs to understand it. */
    private String describe(RecordedHistory history, List<Effects.Effect> effects, AssertionError fault) {
        long[] span = history.span();
        String message = String.valueOf(fault.getMessage());
        return "--- " + (message.contains("\n    ") ? message : message + ": " + history)
                + "\n  its steps began:"
                + lines(effects.stream().map(Effects.Effect::words).toList())
                + "\n  troubles meanwhile:" + lines(troubles.underWay(span[0], span[1]));
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? " none" : lines.stream().map("\n    "::concat).collect(Collectors.joining());
    }
}
