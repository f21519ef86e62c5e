package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.CancelledWorkflowException;
import io.millrace.client.StepDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepCancelledException;
import io.millrace.worker.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps that take long: heartbeats, time limits, and how a cancel gets to them. */
final class StepAcceptanceIT {
    private static final RetryPolicy TWICE = RetryPolicy.of(2).backoff(Duration.ofMillis(50), 1);

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void shouldTellALongStepOfTheCancelAtItsNextHeartbeat() {
        // given a step that goes on for as long as nobody stops it
        Gate begun = scene.gate();
        begun.open();
        scene.work("long", String.class, (ctx, input) -> {
            ctx.step(StepCall.of("long", TWICE, step -> {
                begun.pass();
                beatUntilCancelled(step);
            }));
            ctx.step("next", () -> ran.add(ctx.workflowId(), "next"));
            return "done";
        });
        WorkflowHandle<String> workflow = scene.start("long", "long", null);
        begun.awaitArrival();
        // when its workflow is cancelled
        workflow.cancel();
        // then it stops, has cleaned up, and is on record as cancelled
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        assertEquals(List.of("cleaned up"), ran.of(workflow.workflowId()));
        StepDescription step = scene.steps(workflow).get(0);
        assertEquals(StepStatus.CANCELLED, step.status());
        assertEquals(
                StepCancelledException.class.getName(),
                step.failure().orElseThrow().type());
    }

    private void beatUntilCancelled(StepContext step) throws InterruptedException {
        try {
            while (!never.await(10, TimeUnit.MILLISECONDS)) {
                step.heartbeat("beat");
            }
        } catch (StepCancelledException e) {
            ran.add(step.workflowId(), "cleaned up");
            throw e;
        }
    }

    @Test
    void shouldRecordAStepThatHasHeardOfTheCancelAndReturnsAllTheSame() {
        // given a step that ends its work in order when it hears of a cancel
        Gate begun = scene.gate();
        begun.open();
        scene.work("orderly", String.class, (ctx, input) -> {
            String output = ctx.step("orderly", String.class, step -> {
                begun.pass();
                try {
                    beatUntilCancelled(step);
                } catch (StepCancelledException e) {
                    return "half";
                }
                return "all";
            });
            ctx.step("next", () -> {});
            return output;
        });
        WorkflowHandle<String> workflow = scene.start("orderly", "orderly", null);
        begun.awaitArrival();
        // when its workflow is cancelled
        workflow.cancel();
        // then what it returned is on record, and the next step never begins
        Scene.awaitStatus(workflow, WorkflowStatus.CANCELLED);
        assertEquals(
                List.of(StepStatus.COMPLETED, StepStatus.CANCELLED),
                scene.steps(workflow).stream().map(StepDescription::status).toList());
    }

    @Test
    void shouldInterruptAStepThatWantsToBe() {
        // given a step that waits, and may be interrupted
        Gate begun = scene.gate();
        begun.open();
        scene.work("interruptible", String.class, (ctx, input) -> {
            ctx.step(StepCall.of("wait", TWICE, step -> {
                        begun.pass();
                        never.await();
                    })
                    .interruptOnCancel());
            return "done";
        });
        WorkflowHandle<String> workflow = scene.start("interruptible", "interruptible", null);
        begun.awaitArrival();
        // when its workflow is cancelled, then it does not wait any longer
        workflow.cancel();
        assertThrows(CancelledWorkflowException.class, () -> workflow.result(Scene.PATIENCE));
        assertEquals(StepStatus.CANCELLED, scene.steps(workflow).get(0).status());
        assertEquals(1, scene.steps(workflow).get(0).attempts());
    }

    @Test
    void shouldTimeOutAStepThatStopsBeatingAndHandItsLastDetailsOn() {
        // given a step whose first attempt falls silent after its second heartbeat
        scene.work(
                "silent",
                String.class,
                (ctx, input) -> ctx.step(StepCall.of("silent", String.class, TWICE, step -> {
                            String last = step.lastHeartbeat(String.class).orElse("nothing");
                            if (step.attempt() == 1) {
                                step.heartbeat("row 1");
                                step.heartbeat("row 2");
                                never.await();
                            }
                            return "attempt " + step.attempt() + " begins after " + last;
                        })
                        .heartbeatTimeout(Duration.ofSeconds(1))));
        // when it has run
        WorkflowHandle<String> workflow = scene.start("silent", "silent", null);
        // then its second attempt knew how far the first one had come
        assertEquals("attempt 2 begins after row 2", workflow.result(Scene.PATIENCE));
        assertEquals(1, Scene.facts(workflow, "stepAttemptFailed").size());
        assertEquals(2, scene.steps(workflow).get(0).attempts());
    }

    @Test
    void shouldTimeOutAnAttemptThatTakesTooLong() {
        // given a step whose attempts never end
        scene.work(
                "endless",
                String.class,
                (ctx, input) -> ctx.step(StepCall.of("endless", String.class, TWICE, step -> {
                            ran.add(step.workflowId(), "attempt " + step.attempt());
                            never.await();
                            return "done";
                        })
                        .timeout(Duration.ofMillis(300))));
        // when both have run out of time, then that is why the workflow has failed
        WorkflowHandle<String> workflow = scene.start("endless", "endless", null);
        Scene.awaitStatus(workflow, WorkflowStatus.FAILED);
        assertEquals(List.of("attempt 1", "attempt 2"), ran.of(workflow.workflowId()));
        String message = workflow.describe().failure().orElseThrow().message();
        assertTrue(message.contains("StepTimeoutException"), message);
    }
}
