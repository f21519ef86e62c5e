package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.BulkCommand;
import io.millrace.client.BulkItem;
import io.millrace.client.BulkReport;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.LimitExceededException;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowFilter;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One command for many workflows: a list of them, or all that a filter finds. */
final class BulkAcceptanceIT {
    private static final int MANY = 20;

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    /** Workflows of four steps that have failed at their third one. */
    private List<WorkflowHandle<String>> failed() {
        scene.work(new SteppedWorkflow(ran).inside(3, () -> {
            if (broken.get()) {
                throw new IllegalStateException("the service is down");
            }
        }));
        List<WorkflowHandle<String>> workflows = started();
        workflows.forEach(workflow -> Scene.awaitStatus(workflow, WorkflowStatus.FAILED));
        return workflows;
    }

    private List<WorkflowHandle<String>> started() {
        return IntStream.range(0, MANY)
                .mapToObj(n -> scene.start(
                        scene.options("many-" + n).attribute("scene", scene.queue()), SteppedWorkflow.TYPE, 4))
                .toList();
    }

    private WorkflowFilter all(WorkflowStatus status) {
        return WorkflowFilter.all().attribute("scene", scene.queue()).status(status);
    }

    private static List<String> ids(List<WorkflowHandle<String>> workflows) {
        return workflows.stream().map(WorkflowHandle::workflowId).sorted().toList();
    }

    private static List<String> itemIds(List<BulkItem> items) {
        return items.stream().map(BulkItem::workflowId).sorted().toList();
    }

    @Test
    void shouldForkAllThatHaveFailedFromTheirLastFailure() {
        // given twenty workflows that have failed, and the repair of what failed them
        List<WorkflowHandle<String>> sources = failed();
        broken.set(false);
        // when all that the filter finds are forked from their last failure
        BulkReport report = scene.client()
                .bulk(all(WorkflowStatus.FAILED))
                .fork(ForkOptions.from(FromStep.lastFailure()).reason("the service is up"));
        // then each has a fork that has completed, and has run its last two steps alone
        assertEquals(ids(sources), itemIds(report.accepted()));
        assertEquals(List.of(), report.rejected());
        for (BulkItem item : report.items()) {
            WorkflowHandle<String> fork = scene.workflow(item.forkWorkflowId().orElseThrow());
            assertEquals("a1+a2+a3+a4", fork.result(Scene.PATIENCE));
            assertEquals(List.of("step-3", "step-4"), ran.of(fork.workflowId()));
            assertEquals(item.workflowId(), fork.describe().forkedFrom().orElseThrow());
        }
        assertEquals(
                MANY,
                report.items().stream().map(BulkItem::forkWorkflowId).distinct().count());
        sources.forEach(source -> assertEquals(WorkflowStatus.FAILED, source.status()));
    }

    @Test
    void shouldCountWithoutDoingAnythingInADryRun() {
        // given twenty workflows that wait
        List<WorkflowHandle<String>> workflows = started();
        // when it is asked how many there are
        long count = scene.client().bulk(all(WorkflowStatus.ENQUEUED)).dryRun();
        // then it is said, and nothing has happened to them
        assertEquals(MANY, count);
        workflows.forEach(workflow -> assertEquals(List.of("workflowStarted"), Scene.factTypes(workflow)));
    }

    @Test
    void shouldCancelThoseOfAList() {
        // given twenty workflows that wait, half of which are on the list
        List<WorkflowHandle<String>> workflows = started();
        List<WorkflowHandle<String>> listed = workflows.subList(0, MANY / 2);
        Queue<BulkItem> progress = new ConcurrentLinkedQueue<>();
        // when those are cancelled
        BulkReport report = scene.client()
                .bulk(ids(listed))
                .perSecond(1_000)
                .onProgress(progress::add)
                .cancel(StopOptions.because("recalled"));
        // then they are cancelled, one progress report each, and the others are not
        assertEquals(ids(listed), itemIds(report.accepted()));
        assertEquals(ids(listed), itemIds(List.copyOf(progress)));
        listed.forEach(workflow -> {
            assertEquals(WorkflowStatus.CANCELLED, workflow.status());
            assertEquals(
                    "recalled", Scene.fact(workflow, "cancelAsked").details().get("reason"));
        });
        workflows.subList(MANY / 2, MANY).forEach(workflow -> assertEquals(WorkflowStatus.ENQUEUED, workflow.status()));
    }

    @Test
    void shouldReportEachIdThatCannotBeResumed() {
        // given a failed workflow, a completed one, and an id that nobody has
        List<WorkflowHandle<String>> workflows = failed();
        broken.set(false);
        WorkflowHandle<String> failed = workflows.get(0);
        WorkflowHandle<String> completed = scene.startSteps("completed", 1);
        completed.result(Scene.PATIENCE);
        String nobody = scene.id("nobody");
        // when all three are resumed
        BulkReport report = scene.client()
                .bulk(List.of(nobody, completed.workflowId(), failed.workflowId()))
                .resume(ResumeOptions.none());
        // then each has an outcome of its own, and the one that could be resumed was
        Map<String, BulkItem> items =
                report.items().stream().collect(Collectors.toMap(BulkItem::workflowId, Function.identity()));
        assertEquals(List.of(failed.workflowId()), itemIds(report.accepted()));
        assertEquals(WorkflowStatus.UNKNOWN, items.get(nobody).status());
        assertTrue(items.get(nobody).note().isPresent());
        assertEquals(WorkflowStatus.COMPLETED, items.get(completed.workflowId()).status());
        assertTrue(items.get(completed.workflowId()).note().orElseThrow().contains("COMPLETED"));
        assertEquals("a1+a2+a3+a4", failed.result(Scene.PATIENCE));
        assertEquals(WorkflowStatus.FAILED, workflows.get(1).status());
    }

    @Test
    void shouldResumeAllThatAFilterFinds() {
        // given twenty workflows that have failed, and the repair of what failed them
        List<WorkflowHandle<String>> workflows = failed();
        broken.set(false);
        // when they are resumed, then they complete, and their first two steps have run once
        BulkReport report = scene.client().bulk(all(WorkflowStatus.FAILED)).resume(ResumeOptions.none());
        assertEquals(ids(workflows), itemIds(report.accepted()));
        for (WorkflowHandle<String> workflow : workflows) {
            assertEquals("a1+a2+a3+a4", workflow.result(Scene.PATIENCE));
            assertEquals(List.of("step-1", "step-2", "step-3", "step-3", "step-4"), ran.of(workflow.workflowId()));
        }
    }

    @Test
    void shouldTerminateAllThatAFilterFinds() {
        // given twenty workflows that wait, and one that the filter does not find
        List<WorkflowHandle<String>> workflows = started();
        WorkflowHandle<String> other = scene.startSteps("other", 1);
        // when those are terminated, then that one is not
        BulkReport report = scene.client().bulk(all(WorkflowStatus.ENQUEUED)).terminate(StopOptions.none());
        assertEquals(ids(workflows), itemIds(report.accepted()));
        workflows.forEach(workflow -> assertEquals(WorkflowStatus.TERMINATED, workflow.status()));
        assertEquals(WorkflowStatus.ENQUEUED, other.status());
    }

    @Test
    void shouldTouchNothingWhereThereAreMoreThanTheLimit() {
        // given twenty workflows that wait, and a limit of nineteen
        List<WorkflowHandle<String>> workflows = started();
        BulkCommand bulk = scene.client().bulk(all(WorkflowStatus.ENQUEUED)).limit(MANY - 1);
        // when they are terminated, then none is, and the limit is named
        LimitExceededException thrown =
                assertThrows(LimitExceededException.class, () -> bulk.terminate(StopOptions.none()));
        assertTrue(thrown.getMessage().contains(Integer.toString(MANY - 1)), thrown.getMessage());
        workflows.forEach(workflow -> assertEquals(WorkflowStatus.ENQUEUED, workflow.status()));
    }
}
