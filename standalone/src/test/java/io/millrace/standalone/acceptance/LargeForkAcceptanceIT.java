package io.millrace.standalone.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.client.ForkDescription;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.StepDescription;
import io.millrace.client.WorkflowHandle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forks of sources that fill many records, and many forks of one source. */
final class LargeForkAcceptanceIT {
    private static final int MANY_STEPS = 10_000;
    private static final int MANY_FORKS = 1_000;

    @RegisterExtension
    static final SharedMillrace MILLRACE = new SharedMillrace();

    @RegisterExtension
    final Scene scene = new Scene(MILLRACE);

    private final Ran ran = new Ran();

    @Test
    void shouldCopyTenThousandSteps() {
        // given a workflow that has completed ten thousand steps, whose outputs fill several records
        String output = "x".repeat(200);
        scene.work("many", Integer.class, (ctx, steps) -> {
            for (int n = 1; n < steps; n++) {
                ctx.step("step", String.class, () -> output);
            }
            return ctx.step("last", String.class, () -> {
                ran.add(ctx.workflowId(), "last");
                return "through";
            });
        });
        WorkflowHandle<String> source = scene.start("source", "many", MANY_STEPS);
        assertEquals("through", source.result(Scene.PATIENCE));
        // when it is forked at its last step
        WorkflowHandle<String> fork = source.fork(ForkOptions.from(FromStep.lastStep()));
        // then all others are on the fork's record, and only that one has run
        assertEquals("through", fork.result(Scene.PATIENCE));
        List<StepDescription> steps = scene.steps(fork);
        assertEquals(MANY_STEPS, steps.size());
        for (int n = 0; n < MANY_STEPS; n++) {
            assertEquals(n + 1, steps.get(n).seq());
            assertEquals(
                    n == MANY_STEPS - 1 ? 9 : 202,
                    steps.get(n).output().orElseThrow().size());
        }
        assertEquals(List.of("last"), ran.of(fork.workflowId()));
        assertEquals(MANY_STEPS, fork.describe().forkedFromStep().orElseThrow());
    }

    @Test
    void shouldListAThousandForksOfOneSource() {
        // given a workflow that has completed
        scene.work(new SteppedWorkflow(ran));
        WorkflowHandle<String> source = scene.startSteps("source", 2);
        source.result(Scene.PATIENCE);
        // when it is forked a thousand times
        List<CompletableFuture<WorkflowHandle<String>>> asked = Stream.generate(
                        () -> source.forkAsync(ForkOptions.from(FromStep.number(2))))
                .limit(MANY_FORKS)
                .toList();
        List<WorkflowHandle<String>> forks =
                asked.stream().map(CompletableFuture::join).toList();
        // then all have completed, and it lists each of them once
        Set<String> ids = new HashSet<>();
        for (WorkflowHandle<String> fork : forks) {
            assertEquals("a1+a2", fork.result(Scene.PATIENCE));
            assertEquals(List.of("step-2"), ran.of(fork.workflowId()));
            ids.add(fork.workflowId());
        }
        List<String> listed = source.forks().map(ForkDescription::workflowId).toList();
        assertEquals(MANY_FORKS, listed.size());
        assertEquals(ids, new HashSet<>(listed));
    }
}
