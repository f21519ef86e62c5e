package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One workflow's history as it is on its topic, and what must hold of every history, whatever was killed. */
public final class RecordedHistory {
    private final String workflowId;
    private final List<HistoryEntry> entries;

    RecordedHistory(String workflowId, List<HistoryEntry> entries) {
        this.workflowId = workflowId;
        this.entries = List.copyOf(entries);
    }

    static RecordedHistory of(String workflowId, TopicContents topics) {
        return new RecordedHistory(workflowId, topics.read(Topic.HISTORY, HistoryEntry.class, workflowId));
    }

    /** All of them, by workflow id. */
    public static Map<String, RecordedHistory> all(TopicContents topics) {
        return all(topics, workflowId -> true);
    }

    /** All of the workflows that are wanted; the others are not kept. */
    static Map<String, RecordedHistory> all(TopicContents topics, Predicate<String> wanted) {
        Map<String, List<HistoryEntry>> entries = new TreeMap<>();
        topics.forEach(
                Topic.HISTORY,
                HistoryEntry.class,
                wanted,
                entry -> entries.computeIfAbsent(entry.key(), key -> new ArrayList<>())
                        .add(entry.value()));
        Map<String, RecordedHistory> histories = new TreeMap<>();
        entries.forEach((workflowId, of) -> histories.put(workflowId, new RecordedHistory(workflowId, of)));
        return histories;
    }

    /** The facts of one kind, in order. */
    public <T> List<T> facts(Function<HistoryFact, @Nullable T> kind) {
        return facts().map(kind).filter(Objects::nonNull).toList();
    }

    /**
     * A fact and when the engine decided on it.
     *
     * @param atMs by the engine's clock
     */
    record Dated(long atMs, HistoryFact fact) {}

    /** All facts, in order. */
    List<Dated> dated() {
        return entries.stream()
                .flatMap(entry -> entry.getFacts().stream().map(fact -> new Dated(entry.getAtMs(), fact)))
                .toList();
    }

    String workflowId() {
        return workflowId;
    }

    List<Integer> completedSteps() {
        return facts(HistoryFact::getStepCompleted).stream()
                .map(StepCompleted::getSeq)
                .toList();
    }

    List<Long> epochs() {
        return facts(HistoryFact::getGranted).stream().map(Granted::getEpoch).toList();
    }

    /** How it ended, if it has. */
    Optional<WorkflowStatus> closedAs() {
        WorkflowStatus status = null;
        for (HistoryFact fact : facts().toList()) {
            if (fact.getReopened() != null) {
                status = null;
            } else if (ends(fact)) {
                status = statusAfter(fact);
            }
        }
        return Optional.ofNullable(status);
    }

    private static WorkflowStatus statusAfter(HistoryFact end) {
        if (end.getWorkflowCompleted() != null) {
            return WorkflowStatus.COMPLETED;
        } else if (end.getWorkflowFailed() != null) {
            return WorkflowStatus.FAILED;
        } else if (end.getCancelCompleted() != null) {
            return WorkflowStatus.CANCELLED;
        } else if (end.getWorkflowTimedOut() != null) {
            return WorkflowStatus.TIMED_OUT;
        }
        return end.getTerminated() != null ? WorkflowStatus.TERMINATED : WorkflowStatus.RETRIES_EXHAUSTED;
    }

    /** The time of its first entry and of its last one, by the engine's clock. */
    long[] span() {
        return new long[] {
            entries.get(0).getAtMs(), entries.get(entries.size() - 1).getAtMs()
        };
    }

    /** Numbered without gaps, started once, no step recorded twice unless it was dropped, nothing after an end, one owner at a time. */
    public void check() {
        for (int n = 0; n < entries.size(); n++) {
            assertEquals(n + 1, entries.get(n).getNumber(), () -> this + ": an entry is missing or there twice");
        }
        assertEquals(1, facts(HistoryFact::getWorkflowStarted).size(), () -> this + ": started otherwise than once");
        checkSteps();
        checkOwners();
    }

    /** What is on record is not recorded again, and nothing runs in a workflow that has ended, until it is resumed or rewound. */
    private void checkSteps() {
        Set<Integer> recorded = new HashSet<>();
        boolean ended = false;
        for (HistoryFact fact : facts().toList()) {
            Integer seq = recordedBy(fact);
            boolean hasEnded = ended;
            assertTrue(seq == null || recorded.add(seq), () -> this + ": step " + seq + " is recorded twice");
            assertTrue(
                    !hasEnded || (seq == null && fact.getGranted() == null),
                    () -> this + ": it goes on after its end: " + fact);
            if (fact.getReopened() != null) {
                int from = fact.getReopened().getFromStep();
                recorded.removeIf(step -> step >= from);
                recorded.removeAll(fact.getReopened().getDroppedSteps());
                ended = false;
            }
            ended |= ends(fact);
        }
    }

    private static @Nullable Integer recordedBy(HistoryFact fact) {
        if (fact.getStepCompleted() != null) {
            return fact.getStepCompleted().getSeq();
        }
        return fact.getStepCancelled() == null ? null : fact.getStepCancelled().getSeq();
    }

    /** Whether the workflow is closed by it. */
    static boolean ends(HistoryFact fact) {
        return fact.getWorkflowCompleted() != null
                || fact.getWorkflowFailed() != null
                || fact.getCancelCompleted() != null
                || fact.getTerminated() != null
                || fact.getWorkflowTimedOut() != null
                || fact.getRecoveryExhausted() != null;
    }

    /**
     * Steps that began while the workflow was cancelled: from each time it was so in full, by the engine's clock, until its resume was asked for. What history
     * says of the resume may be later than the grant: a worker reads that before the transaction is committed, and it may be done again.
     *
     * @param sentAtMs when each command was sent for the first time, by its id
     */
    List<Effects.Effect> begunWhileCancelled(List<Effects.Effect> effects, ToLongFunction<String> sentAtMs) {
        List<long[]> times = new ArrayList<>();
        for (Dated dated : dated()) {
            if (dated.fact().getCancelCompleted() != null) {
                times.add(new long[] {dated.atMs(), Long.MAX_VALUE});
            } else if (dated.fact().getReopened() != null && !times.isEmpty()) {
                endLast(times, sentAtMs.applyAsLong(dated.fact().getReopened().getCommandId()));
            }
        }
        return effects.stream().filter(effect -> isWithin(effect, times)).toList();
    }

    /** Steps that began while a record of them stood: from when it was made until a resume or rewind was asked for that dropped it. */
    public List<Effects.Effect> begunAfterTheirRecord(List<Effects.Effect> effects, ToLongFunction<String> sentAtMs) {
        Map<Integer, List<long[]>> times = new HashMap<>();
        for (Dated dated : dated()) {
            StepCompleted step = dated.fact().getStepCompleted();
            Reopened reopened = dated.fact().getReopened();
            if (step != null) {
                times.computeIfAbsent(step.getSeq(), seq -> new ArrayList<>())
                        .add(new long[] {dated.atMs(), Long.MAX_VALUE});
            } else if (reopened != null) {
                long askedAtMs = sentAtMs.applyAsLong(reopened.getCommandId());
                times.forEach((seq, of) -> {
                    if (seq >= reopened.getFromStep()
                            || reopened.getDroppedSteps().contains(seq)) {
                        endLast(of, askedAtMs);
                    }
                });
            }
        }
        return effects.stream()
                .filter(effect -> isWithin(effect, times.getOrDefault(effect.seq(), List.of())))
                .filter(effect -> !wasTerminatedUnder(effect))
                .toList();
    }

    /** Whether the workflow was terminated while its worker had it by its last grant: resumed at once, it may be elsewhere before that worker has read so. */
    private boolean wasTerminatedUnder(Effects.Effect effect) {
        boolean granted = false;
        boolean terminated = false;
        for (Dated dated : dated()) {
            if (dated.atMs() > effect.atMs()) {
                break;
            }
            Granted grant = dated.fact().getGranted();
            if (grant != null && grant.getWorkerId().equals(effect.workerId())) {
                granted = true;
                terminated = false;
            } else if (dated.fact().getTerminated() != null) {
                terminated = granted;
            } else if (grant == null && endsOwnership(dated.fact()) && !terminated) {
                granted = false;
            }
        }
        return terminated;
    }

    private static void endLast(List<long[]> times, long atMs) {
        long[] last = times.get(times.size() - 1);
        last[1] = Math.min(last[1], atMs);
    }

    private static boolean isWithin(Effects.Effect effect, List<long[]> times) {
        return times.stream().anyMatch(time -> effect.atMs() > time[0] && effect.atMs() < time[1]);
    }

    /** Each grant has the next epoch, is made while nobody owns the workflow, and only an owner makes progress. */
    private void checkOwners() {
        long epoch = 0;
        boolean owned = false;
        for (HistoryFact fact : facts().toList()) {
            if (fact.getWorkflowStarted() != null) {
                epoch = fact.getWorkflowStarted().getEpoch();
            } else if (fact.getGranted() != null) {
                assertTrue(!owned, () -> this + ": granted while another epoch owned it");
                epoch++;
                assertEquals(epoch, fact.getGranted().getEpoch(), () -> this + ": epochs do not rise one by one");
                owned = true;
            } else if (fact.getStepCompleted() != null || fact.getStepAttemptFailed() != null) {
                assertTrue(owned, () -> this + ": progress without an owner");
            } else if (endsOwnership(fact)) {
                assertTrue(owned, () -> this + ": an execution ends that nobody owned");
                owned = false;
            } else if (fact.getTerminated() != null || fact.getWorkflowTimedOut() != null) {
                owned = false;
            }
        }
    }

    /** Whether its worker has it no longer. */
    static boolean endsOwnership(HistoryFact fact) {
        return fact.getParked() != null
                || fact.getReleased() != null
                || fact.getWorkerLost() != null
                || fact.getWorkflowCompleted() != null
                || fact.getWorkflowFailed() != null
                || fact.getWorkflowCancelled() != null;
    }

    private Stream<HistoryFact> facts() {
        return entries.stream().flatMap(entry -> entry.getFacts().stream());
    }

    @Override
    public String toString() {
        return HistoryWords.of(workflowId, entries);
    }
}
