package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.workflowStarted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.testing.Samples;
import io.millrace.schemas.DelayElapsed;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to one workflow, as the fold of facts. */
final class Given {
    static final String ID = "order-1";
    static final String START_COMMAND = "c1";
    static final long BEGINNING = 1_000;
    static final long NOW = 50_000;
    static final int RECOVERY_LIMIT = 2;

    static {
        Samples.ready();
    }

    private static final WorkflowMachine MACHINE = new WorkflowMachine(RECOVERY_LIMIT);

    private final @Nullable StoredWorkflow workflow;

    private Given(@Nullable StoredWorkflow workflow) {
        this.workflow = workflow;
    }

    static Given nothing() {
        return new Given(null);
    }

    static Given started(Start start) {
        return nothing().and(Facts.of(workflowStarted(START_COMMAND, start, 7L)));
    }

    static Given enqueued() {
        return started(demo());
    }

    /** Not to run before {@link #NOW}. */
    static Given delayed() {
        Start start = demo();
        start.setDelayMs(NOW - BEGINNING);
        return started(start);
    }

    /** Owned by "w1" in epoch 1, and out of time at {@link #NOW}. */
    static Given running() {
        Start start = demo();
        start.setTimeoutMs(NOW - BEGINNING);
        return started(start).and(granted("w1", 1, 4));
    }

    static HistoryFact granted(String workerId, long epoch, long number) {
        return Facts.of(new Granted(workerId, epoch, number));
    }

    static HistoryFact delayElapsed() {
        return Facts.of(new DelayElapsed(8L));
    }

    Given and(HistoryFact... facts) {
        StoredWorkflow copy =
                workflow == null ? null : StoredWorkflow.newBuilder(workflow).build();
        return new Given(new FactApplier(ID).applyAll(copy, Arrays.asList(facts), BEGINNING));
    }

    Given and(WorkerFact... reported) {
        return and(Arrays.stream(reported).map(Facts::of).toArray(HistoryFact[]::new));
    }

    /** The whole decision on one input; and the state it is taken on must stay as it is. */
    Decision when(Input input) {
        StoredWorkflow before =
                workflow == null ? null : StoredWorkflow.newBuilder(workflow).build();
        Decision decision = MACHINE.decide(ID, workflow, input);
        assertEquals(before, workflow, "to decide must not change the state");
        return decision;
    }

    /** What is so after one input. */
    Given then(Input input) {
        List<HistoryFact> facts = when(input).facts();
        return facts.isEmpty() ? this : and(facts.toArray(HistoryFact[]::new));
    }

    StoredWorkflow workflow() {
        if (workflow == null) {
            throw new AssertionError("there is no workflow");
        }
        return workflow;
    }

    boolean isNothing() {
        return workflow == null;
    }
}
