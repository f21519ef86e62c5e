package io.millrace.engine.simulation;

import io.millrace.engine.machine.RecordLaws;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.topology.IndexLaws;
import io.millrace.engine.topology.LivingEngine;
import io.millrace.schemas.Grant;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches a simulated system, and says when it breaks an {@link Invariant}. It goes by what code does, what is committed, and what is stored. */
final class Guarantees {
    private final SimulatedCluster cluster;
    private final Map<String, RecordedWorkflow> workflows = new TreeMap<>();
    private final StepLaws steps;
    private final CommandLaws commands = new CommandLaws(this);
    private final ContentLaws contents = new ContentLaws();
    private final CreditLaws credits = new CreditLaws();
    private final List<String> eager = new ArrayList<>();
    private Invariant.@Nullable Broken brokenInCode;
    private final List<String> unusable = new ArrayList<>();

    /** What is as it was before an engine took a record. */
    record Before(
            SimulatedPartition partition,
            String key,
            Object value,
            @Nullable StoredWorkflow workflow) {}

    Guarantees(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.steps = new StepLaws(cluster, this);
    }

    StepLaws steps() {
        return steps;
    }

    CommandLaws commands() {
        return commands;
    }

    ContentLaws contents() {
        return contents;
    }

    /** Looks at something that code of a workflow does, which would take the breach for a failure of its own. */
    <T> T inCode(Supplier<T> check) {
        try {
            return check.get();
        } catch (Invariant.Broken e) {
            brokenInCode = brokenInCode == null ? e : brokenInCode;
            throw e;
        }
    }

    /** Says what was found in code. */
    void throwIfBrokenInCode() {
        if (brokenInCode != null) {
            throw brokenInCode;
        }
    }

    @Nullable
    RecordedWorkflow find(String workflowId) {
        return workflows.get(workflowId);
    }

    /** The ids of all workflows that anybody can know of. */
    List<String> workflowIds() {
        return new ArrayList<>(workflows.keySet());
    }

    List<String> open() {
        return workflows.entrySet().stream()
                .filter(entry -> entry.getValue().status() == WorkflowStatus.UNKNOWN
                        || Statuses.isOpen(entry.getValue().status()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Somebody has put a record onto a topic that cannot be used. */
    void onUnusable(String key) {
        unusable.add(key);
    }

    void onLetter(String key, SimulatedPartition.Letter letter) {
        boolean reasoned = letter.reason() != null && !letter.reason().isBlank();
        Invariant.LETTERS_ARE_COMPLETE.must(reasoned, () -> "no reason for " + key);
        unusable.remove(key);
    }

    /** Whether a worker says that it runs a workflow which nobody has granted it. */
    static boolean startsEagerly(WorkerEvent event) {
        return !event.getFacts().isEmpty() && event.getFacts().get(0).getEagerlyStarted() != null;
    }

    void onAppended(int partition, String key, WorkerEvent event) {
        if (startsEagerly(event)) {
            eager.add(key);
            steps.onGranted(key, event.getWorkerId(), event.getEpoch());
        }
        steps.onAppended(key, event);
        if (event.getCredit() != null) {
            credits.onSaid(event.getWorkerId(), partition, event.getCredit());
        }
    }

    void onDeath(SimulatedWorker worker) {
        steps.onDeath(worker);
    }

    Before before(SimulatedPartition partition, String key, Object value) {
        StoredWorkflow workflow = partition.engine().stores().workflows().find(key);
        return new Before(partition, key, value, SimulatedCluster.copy(workflow));
    }

    void after(Before before, List<LivingEngine.Written> written) {
        if (before.value() instanceof WorkerEvent event && !event.getFacts().isEmpty()) {
            mustBeOfTheOwner(before, event, written);
        }
        for (LivingEngine.Written each : written) {
            if (each.value() instanceof HistoryEntry entry
                    && each.key().equals(before.key())
                    && before.workflow() != null
                    && entry.getFacts().stream().allMatch(Guarantees::isAboutForks)) {
                mustBeUnchanged(before);
            }
        }
    }

    private void mustBeOfTheOwner(Before before, WorkerEvent event, List<LivingEngine.Written> written) {
        boolean owns = before.workflow() == null
                ? startsEagerly(event)
                : event.getWorkerId().equals(Statuses.ownerOf(before.workflow()))
                        && event.getEpoch() == before.workflow().getState().getEpoch();
        boolean taken = written.stream()
                .anyMatch(each -> each.value() instanceof HistoryEntry entry
                        && each.key().equals(before.key())
                        // The credit that comes with a report may be for the next one to run.
                        && entry.getFacts().stream().anyMatch(fact -> fact.getGranted() == null));
        String what = event.getWorkerId() + "@" + event.getEpoch() + " reported on " + before.key();
        Invariant.ONLY_THE_OWNER_IS_HEARD.must(owns || !taken, () -> what);
        boolean told = written.stream()
                .anyMatch(each -> each.value() instanceof InboxMessage message
                        && each.key().equals(event.getWorkerId())
                        && message.getRevoked() != null
                        && message.getRevoked().getWorkflowId().equals(before.key()));
        Invariant.STRANGERS_ARE_TOLD.must(owns || told, () -> what);
    }

    private static boolean isAboutForks(HistoryFact fact) {
        return fact.getForkAsked() != null || fact.getForkAnswered() != null;
    }

    private static void mustBeUnchanged(Before before) {
        StoredWorkflow was = before.workflow();
        StoredWorkflow is = SimulatedCluster.copy(
                before.partition().engine().stores().workflows().find(before.key()));
        is.setHistoryNumber(was.getHistoryNumber());
        is.setHistoryBytes(was.getHistoryBytes());
        is.getState().setUpdatedAtMs(was.getState().getUpdatedAtMs());
        Invariant.SOURCE_UNCHANGED.must(was.equals(is), () -> RecordWords.of(was) + " became " + RecordWords.of(is));
    }

    /** The engine has written something, and may have to take it back. */
    void onWritten(LivingEngine.Written written) {
        if (written.value() instanceof InboxMessage message && message.getGrant() != null) {
            credits.onGranted(written.key(), message.getGrant());
        }
        if (written.value() instanceof HistoryEntry entry) {
            for (HistoryFact fact : entry.getFacts()) {
                if (fact.getGranted() != null) {
                    steps.onGranted(
                            written.key(),
                            fact.getGranted().getWorkerId(),
                            fact.getGranted().getEpoch());
                }
            }
        }
    }

    /** The transaction in which this was written is aborted. */
    void onAborted(LivingEngine.Written written) {
        if (written.value() instanceof HistoryEntry entry) {
            for (HistoryFact fact : entry.getFacts()) {
                if (fact.getGranted() != null) {
                    steps.onAborted(
                            written.key(),
                            fact.getGranted().getWorkerId(),
                            fact.getGranted().getEpoch());
                }
            }
        }
    }

    void onCommittedGrant(String workerId, Grant grant) {
        credits.onCommitted(workerId, grant);
    }

    void onHistory(String workflowId, HistoryEntry entry) {
        RecordedWorkflow workflow = workflows.computeIfAbsent(workflowId, unused -> new RecordedWorkflow());
        boolean starts = entry.getFacts().stream().anyMatch(fact -> fact.getWorkflowStarted() != null);
        Invariant.STARTED_ONCE.must(!starts || workflow.started() == null, () -> workflowId + " is started again");
        int expected = workflow.history().size() + 1;
        Invariant.HISTORY_WITHOUT_GAPS.must(
                entry.getNumber() == expected,
                () -> workflowId + " has entry " + entry.getNumber() + " where " + expected + " should be");
        workflow.add(entry);
        for (HistoryFact fact : entry.getFacts()) {
            contents.onFact(workflowId, fact);
            if (fact.getStepsCopied() != null) {
                fact.getStepsCopied().getSteps().forEach(step -> mustBeOfTheSource(workflow, step));
            }
        }
    }

    private void mustBeOfTheSource(RecordedWorkflow fork, RecordedStep copied) {
        if (copied.getKind() != StepKind.STEP || copied.getOutput() == null) {
            return;
        }
        RecordedWorkflow source = workflows.get(fork.started().getForkedFrom());
        boolean before = copied.getSeq() < fork.started().getForkedFromStep();
        Invariant.TRUE_COPY.must(
                before && hasRecorded(source, copied),
                () -> RecordWords.of(copied) + " in a fork of " + fork.started().getForkedFrom());
    }

    private static boolean hasRecorded(RecordedWorkflow source, RecordedStep copied) {
        return source.history().stream()
                .flatMap(entry -> entry.getFacts().stream())
                .anyMatch(fact -> fact.getStepCompleted() != null
                                && fact.getStepCompleted().getSeq() == copied.getSeq()
                                && copied.getOutput()
                                        .equals(fact.getStepCompleted().getOutput())
                        || fact.getStepsCopied() != null
                                && fact.getStepsCopied().getSteps().stream()
                                        .anyMatch(step -> step.getSeq() == copied.getSeq()
                                                && copied.getOutput().equals(step.getOutput())));
    }

    void onStatus(WorkflowState state) {
        RecordedWorkflow workflow = workflows.computeIfAbsent(state.getWorkflowId(), unused -> new RecordedWorkflow());
        if (state.getStatus() == WorkflowStatus.CANCELLED && workflow.status() != WorkflowStatus.CANCELLED) {
            steps.onCancelled(state.getWorkflowId(), workflow);
        }
        workflow.setStatus(state.getStatus());
    }

    /** The engines are away, and their workers have done what they can. */
    void mustHaveRunWithoutEngine() {
        for (SimulatedWorker worker : cluster.living()) {
            Invariant.RUNS_WITHOUT_ENGINE.must(
                    worker.isFrozen() || !worker.hasCodeThatWaits(), () -> "code stands still in " + worker);
        }
    }

    /** Everybody has had time to come to an end. */
    void mustHaveEnded() {
        cluster.partitions().forEach(partition -> {
            mustFitTogether(partition);
            Invariant.GOES_ON.must(
                    partition.waiting().isEmpty(),
                    () -> "partition " + partition.number() + " does not take "
                            + partition.waiting().stream().map(RecordWords::of).toList());
        });
        contents.mustHaveArrived(workflows);
        eager.forEach(id -> Invariant.NOTHING_LOST.must(
                workflows.containsKey(id), () -> "nobody knows of " + id + ", which was started eagerly"));
        Invariant.ENDS.must(
                open().isEmpty(),
                () -> "still open: " + open() + "; " + cluster.workers() + "; "
                        + cluster.partitions().stream()
                                .map(partition -> partition.engine().workflows().values().stream()
                                        .filter(each ->
                                                Statuses.isOpen(each.getState().getStatus()))
                                        .toList())
                                .toList());
    }

    void mustHoldAtTheEnd() {
        workflows.forEach((id, workflow) -> {
            RecordLaws laws = new RecordLaws(id, workflow.history(), null);
            Invariant.RECORDED_ONCE.holdsBy(laws::mustHaveRecordedEachStepOnce);
            Invariant.ONLY_THE_OWNER_IS_HEARD.holdsBy(laws::mustHaveHadOneOwnerInEachEpoch);
        });
        commands.mustHoldAtTheEnd();
        steps.mustHoldAtTheEnd();
        cluster.living().forEach(worker -> credits.mustHaveSeenAll(worker.workerId()));
        contents.mustHoldAtTheEnd(workflows);
        Invariant.LETTERS_ARE_COMPLETE.must(unusable.isEmpty(), () -> "nowhere: " + unusable);
        cluster.partitions().forEach(this::mustBeSeenAsStored);
        workflows.forEach((id, workflow) -> Invariant.NOTHING_LOST.holdsBy(
                new RecordLaws(id, workflow.history(), null)::mustHaveHeardOfEachChildOnce));
    }

    /** What is stored in a partition fits together, whatever else is so. */
    static void mustFitTogether(SimulatedPartition partition) {
        Invariant.STATE_IS_THE_FOLD.holdsBy(() -> IndexLaws.mustFitTogether(partition.engine()));
    }

    private void mustBeSeenAsStored(SimulatedPartition partition) {
        partition.engine().workflows().forEach((id, stored) -> {
            RecordedWorkflow seen = workflows.get(id);
            boolean same = seen != null
                    && seen.history().equals(partition.engine().history(id))
                    && seen.status() == stored.getState().getStatus();
            Invariant.SEEN_IS_STORED.must(same, () -> id + " is " + RecordWords.of(stored));
        });
        var stores = partition.engine().foundStores();
        Set<Object> left = Set.copyOf(stores.timers().dueAt(Long.MAX_VALUE, Integer.MAX_VALUE));
        Invariant.ENDS.must(left.isEmpty(), () -> "timers are left: " + left);
        Invariant.ENDS.must(
                stores.owners().all().isEmpty(),
                () -> "owners are left: " + stores.owners().all());
    }
}
