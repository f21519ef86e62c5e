package io.millrace.standalone.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One workflow's history as it is on its topic, and what must hold of every history, whatever was killed. */
final class RecordedHistory {
    private static final Pattern NOT_SET = Pattern.compile("\"\\w+\": null,? ?");

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
    static Map<String, RecordedHistory> all(TopicContents topics) {
        Map<String, List<HistoryEntry>> entries = topics.read(Topic.HISTORY, HistoryEntry.class).stream()
                .collect(groupingBy(TopicContents.Entry::key, mapping(TopicContents.Entry::value, toList())));
        Map<String, RecordedHistory> histories = new HashMap<>();
        entries.forEach((workflowId, of) -> histories.put(workflowId, new RecordedHistory(workflowId, of)));
        return histories;
    }

    /** The facts of one kind, in order. */
    <T> List<T> facts(Function<HistoryFact, @Nullable T> kind) {
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

    /** When each step was put on record, by the engine's clock. */
    Map<Integer, Long> recordedAtMs() {
        Map<Integer, Long> times = new HashMap<>();
        for (HistoryEntry entry : entries) {
            for (HistoryFact fact : entry.getFacts()) {
                if (fact.getStepCompleted() != null) {
                    times.put(fact.getStepCompleted().getSeq(), entry.getAtMs());
                }
            }
        }
        return times;
    }

    /** Numbered without gaps, started once, no step recorded twice unless it was dropped, nothing after an end, one owner at a time. */
    void check() {
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
                || fact.getRecoveryExhausted() != null;
    }

    /**
     * When nothing of the workflow was running: from each time it was cancelled in full, by the engine's clock, until its resume was asked for. What
     * history says of the resume may be later than the grant: a worker reads that before the transaction is committed, and it may be done again.
     *
     * @param sentAtMs when each command was sent for the first time, by its id
     */
    List<long[]> timesCancelled(Map<String, Long> sentAtMs) {
        List<long[]> times = new ArrayList<>();
        for (HistoryEntry entry : entries) {
            for (HistoryFact fact : entry.getFacts()) {
                if (fact.getCancelCompleted() != null) {
                    times.add(new long[] {entry.getAtMs(), Long.MAX_VALUE});
                } else if (fact.getReopened() != null && !times.isEmpty()) {
                    long askedAtMs = sentAtMs.get(fact.getReopened().getCommandId());
                    times.get(times.size() - 1)[1] = Math.min(askedAtMs, times.get(times.size() - 1)[1]);
                }
            }
        }
        return times;
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
            } else if (fact.getTerminated() != null) {
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

    /** A step whose record stands never begins again. */
    void checkAgainst(List<Effects.Effect> effects) {
        Map<Integer, Long> recorded = recordedAtMs();
        List<Effects.Effect> late = new ArrayList<>();
        for (Effects.Effect effect : effects) {
            Long recordedAtMs = recorded.get(effect.seq());
            if (recordedAtMs != null && effect.atMs() > recordedAtMs) {
                late.add(effect);
            }
        }
        assertEquals(List.of(), late, () -> this + ": steps began after they were recorded at " + recorded);
    }

    private Stream<HistoryFact> facts() {
        return entries.stream().flatMap(entry -> entry.getFacts().stream());
    }

    @Override
    public String toString() {
        return workflowId + " " + NOT_SET.matcher(entries.toString()).replaceAll("");
    }
}
