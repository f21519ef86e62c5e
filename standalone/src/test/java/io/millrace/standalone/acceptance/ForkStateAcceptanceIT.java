package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.WorkflowHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a fork takes along of its source: children, values and messages, as they were at the step where it starts. */
final class ForkStateAcceptanceIT {
    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    @Test
    void shouldNotRunACompletedChildAgain() {
        // given a workflow whose child has completed
        AtomicInteger children = new AtomicInteger();
        scene.start(scene.worker()
                .workflow(
                        "child",
                        String.class,
                        (ctx, input) -> ctx.step("count", String.class, () -> "child " + children.incrementAndGet()))
                .workflow("parent", String.class, (ctx, input) -> {
                    String child = ctx.child("child", null, String.class).result();
                    ctx.step("after", () -> ran.add(ctx.workflowId(), "after"));
                    return child;
                }));
        WorkflowHandle<String> source = scene.start("source", "parent", null);
        assertEquals("child 1", source.result(Scene.PATIENCE));
        // when it is forked behind the child
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.named("after")));
        // then the fork has that child's result, and only what is behind it has run
        assertEquals("child 1", fork.result(Scene.PATIENCE));
        assertEquals(1, children.get());
        assertEquals(List.of("after"), ran.of(fork.workflowId()));
        assertEquals(
                source.workflowId() + "/1",
                scene.steps(fork).get(0).childWorkflowId().orElseThrow());
        // when it is forked before the child, then the fork has a child of its own
        WorkflowHandle<String> earlier = source.fork(ForkOptions.from(FromStep.number(1)));
        assertEquals("child 2", earlier.result(Scene.PATIENCE));
        assertEquals(
                earlier.workflowId(),
                scene.child(earlier, 1).describe().parent().orElseThrow());
    }

    @Test
    void shouldKeepValuesAsOfTheStepInAForkOfAFork() {
        // given a workflow that sets a value before each of its steps but the last, and forks that stop there
        Gate gate = scene.gate();
        scene.work("valued", String.class, (ctx, input) -> {
            ctx.setValue("progress", "one");
            ctx.step("first", () -> {});
            ctx.setValue("progress", "two");
            ctx.step("second", () -> {
                if (!ctx.workflowId().startsWith("source")) {
                    gate.pass();
                }
            });
            ctx.setValue("progress", "three");
            return "done";
        });
        WorkflowHandle<String> source = scene.start("source", "valued", null);
        source.result(Scene.PATIENCE);
        assertEquals("three", value(source));
        // when it is forked at its second step, and that fork at the same step
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.named("second")));
        gate.awaitArrivals(1);
        WorkflowHandle<String> forkOfFork = fork.fork(ForkOptions.from(FromStep.number(4)));
        gate.awaitArrivals(2);
        // then both have the value that was set by then
        assertEquals("two", value(fork));
        assertEquals("two", value(forkOfFork));
        assertEquals(fork.workflowId(), forkOfFork.describe().forkedFrom().orElseThrow());
        // when one of them goes on, then it sets its own, and its source's is as it was
        gate.open();
        forkOfFork.result(Scene.PATIENCE);
        assertEquals("three", value(forkOfFork));
        assertEquals("three", value(source));
    }

    private static String value(WorkflowHandle<String> workflow) {
        return workflow.value("progress", String.class).orElse("nothing");
    }

    @Test
    void shouldHaveNoValueThatWasSetBehindItsFirstStep() {
        // given a workflow that sets its value late
        Gate gate = scene.gate();
        scene.work("late", String.class, (ctx, input) -> {
            ctx.step("first", () -> {
                if (!ctx.workflowId().startsWith("source")) {
                    gate.pass();
                }
            });
            ctx.setValue("progress", "set");
            return "done";
        });
        WorkflowHandle<String> source = scene.start("source", "late", null);
        source.result(Scene.PATIENCE);
        // when it is forked before that, then the fork has none yet
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.number(1)));
        gate.awaitArrival();
        assertEquals("nothing", value(fork));
        gate.open();
        fork.result(Scene.PATIENCE);
        assertEquals("set", value(fork));
    }

    @Test
    void shouldGetTheMessagesThatItsCopiedStepsHaveNotReceived() {
        // given a workflow that has received two messages
        scene.work(
                "receiving",
                String.class,
                (ctx, input) -> ctx.receive("news", String.class) + ctx.receive("news", String.class));
        WorkflowHandle<String> source = scene.start("source", "receiving", null);
        source.send("news", "a");
        source.send("news", "b");
        assertEquals("ab", source.result(Scene.PATIENCE));
        // when it is forked between the two, then the second is there again
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.number(2)));
        assertEquals("ab", fork.result(Scene.PATIENCE));
    }
}
