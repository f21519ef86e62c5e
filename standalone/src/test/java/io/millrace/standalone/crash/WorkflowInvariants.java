package io.millrace.standalone.crash;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What must hold of one workflow when everything has come to rest, by its history, its status and what its steps did. */
final class WorkflowInvariants {
    /** Of these the load gives each workflow one at most. */
    private static final List<Function<HistoryFact, @Nullable Object>> ONCE = List.of(
            HistoryFact::getCancelAsked,
            HistoryFact::getTerminated,
            HistoryFact::getReopened,
            HistoryFact::getPaused,
            HistoryFact::getForkAsked,
            HistoryFact::getExpedited,
            HistoryFact::getMovedToQueue,
            HistoryFact::getPrioritySet);

    private final Answers answers;
    private final AbortedGrants aborted;
    private int excused;

    WorkflowInvariants(Answers answers, AbortedGrants aborted) {
        this.answers = answers;
        this.aborted = aborted;
    }

    /** How many steps began where they may only by a grant of an aborted transaction, and there was one. */
    int excused() {
        return excused;
    }

    void check(RecordedHistory history, Optional<WorkflowStatus> status, List<Effects.Effect> effects) {
        history.check();
        ONCE.forEach(fact -> assertTrue(history.facts(fact).size() <= 1, "a command had two effects"));
        assertEquals(
                history.facts(HistoryFact::getForkAsked).size(),
                history.facts(HistoryFact::getForkAnswered).size(),
                "a fork was not answered");
        assertTrue(history.closedAs().isPresent(), "it has not ended");
        assertEquals(history.closedAs(), status, "its status is not what its history says");
        checkNone("began while it was cancelled", history, history.begunWhileCancelled(effects, answers::sentAtMs));
        checkNone("began after they were recorded", history, history.begunAfterTheirRecord(effects, answers::sentAtMs));
        checkNumberOfAttempts(history, effects);
    }

    /** None but those that a grant of an aborted transaction explains. */
    private void checkNone(String what, RecordedHistory history, List<Effects.Effect> found) {
        List<Effects.Effect> unexplained = found.stream()
                .filter(effect -> aborted.of(effect.workerId(), history.workflowId()) <= 0)
                .toList();
        excused += found.size() - unexplained.size();
        assertTrue(unexplained.isEmpty(), () -> "steps " + what + ": " + unexplained);
    }

    /** Each execution begins an attempt once. */
    private void checkNumberOfAttempts(RecordedHistory history, List<Effects.Effect> effects) {
        Map<String, Long> grants =
                history.facts(HistoryFact::getGranted).stream().collect(groupingBy(Granted::getWorkerId, counting()));
        Map<Integer, Long> failures = history.facts(HistoryFact::getStepAttemptFailed).stream()
                .collect(groupingBy(StepAttemptFailed::getSeq, counting()));
        record Begun(String workerId, int seq) {}
        effects.stream()
                .collect(groupingBy(effect -> new Begun(effect.workerId(), effect.seq()), counting()))
                .forEach((begun, times) -> {
                    // One more for an attempt whose failure came too late to be recorded.
                    long allowed = 1
                            + grants.getOrDefault(begun.workerId(), 0L)
                            + aborted.of(begun.workerId(), history.workflowId())
                            + failures.getOrDefault(begun.seq(), 0L);
                    assertTrue(times <= allowed, () -> begun + " " + times + " times, allowed are " + allowed);
                });
    }
}
