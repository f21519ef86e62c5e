package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.workflowStarted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.DelayElapsed;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import java.time.Duration;
import java.util.ArrayList;
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

    /** What is closed by given facts is so since {@link #BEGINNING}. */
    static final Retention RETENTION = Retention.of(Duration.ofSeconds(10));

    private static final WorkflowMachine MACHINE = new WorkflowMachine(RECOVERY_LIMIT, RETENTION);

    private final String id;
    private final @Nullable StoredWorkflow workflow;
    private final List<HistoryEntry> history;

    private Given(String id, @Nullable StoredWorkflow workflow, List<HistoryEntry> history) {
        this.id = id;
        this.workflow = workflow;
        this.history = history;
    }

    static Given nothing() {
        return nothing(ID);
    }

    static Given nothing(String id) {
        return new Given(id, null, List.of());
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
        return Facts.of(new Granted(workerId, epoch, number, null));
    }

    static HistoryFact delayElapsed() {
        return Facts.of(new DelayElapsed(8L));
    }

    Given and(HistoryFact... facts) {
        StoredWorkflow copy =
                workflow == null ? null : StoredWorkflow.newBuilder(workflow).build();
        StoredWorkflow after = new FactApplier(id).applyAll(copy, Arrays.asList(facts), BEGINNING);
        after.setHistoryNumber(after.getHistoryNumber() + 1);
        List<HistoryEntry> longer = new ArrayList<>(history);
        longer.add(new HistoryEntry(after.getHistoryNumber(), BEGINNING, List.of(facts)));
        return new Given(id, after, longer);
    }

    Given and(WorkerFact... reported) {
        return and(Arrays.stream(reported).map(Facts::of).toArray(HistoryFact[]::new));
    }

    /** The whole decision on one input; and the state it is taken on must stay as it is. */
    Decision when(Input input) {
        StoredWorkflow before =
                workflow == null ? null : StoredWorkflow.newBuilder(workflow).build();
        Decision decision = MACHINE.decide(id, workflow, input);
        assertEquals(before, workflow, "to decide must not change the state");
        return decision;
    }

    /** The decision on a command that was not answered before. */
    Decision when(Command command) {
        return when(asked(command));
    }

    /** The decision on what the owner reports. */
    Decision whenOwnerReports(WorkerFact... facts) {
        return when(reported(facts));
    }

    /** What is so after one input. */
    Given then(Input input) {
        List<HistoryFact> facts = when(input).facts();
        if (WorkflowMachine.purges(facts)) {
            return nothing(id);
        }
        return facts.isEmpty() ? this : and(facts.toArray(HistoryFact[]::new));
    }

    Given then(Command command) {
        return then(asked(command));
    }

    Given thenOwnerReports(WorkerFact... facts) {
        return then(reported(facts));
    }

    /** A worker is granted it, under the next epoch. */
    Given thenGranted(String workerId) {
        return then(new Input.WorkerAssigned(workerId, state().getEpoch() + 4, NOW));
    }

    /** The workflow after a command that closes it at once. */
    Given terminated() {
        return then(Commands.terminate("to-close"));
    }

    /** A command as an input, with the journal where it needs one. */
    Input asked(Command command) {
        return asked(command, null);
    }

    /** A command that its queue was asked about before. */
    Input asked(Command command, @Nullable QueueAnswered queueAnswered) {
        CommandKind kind = CommandKind.of(command);
        boolean reads = workflow != null
                && kind != null
                && kind.needsJournal(workflow.getState().getStatus());
        return new Input.CommandReceived(command, null, reads ? journal() : null, queueAnswered, 9, NOW);
    }

    private Input reported(WorkerFact... facts) {
        String owner = Statuses.ownerOf(workflow());
        if (owner == null) {
            throw new AssertionError("nobody owns it: " + state());
        }
        return new Input.EventReceived(event(owner, state().getEpoch(), facts), 9, NOW);
    }

    /** The answer to a command. */
    CommandReply replyTo(Command command) {
        return replyTo(command, null);
    }

    /** The answer to a command that its queue was asked about before. */
    CommandReply replyTo(Command command, @Nullable QueueAnswered queueAnswered) {
        for (Message message : when(asked(command, queueAnswered)).messages()) {
            if (message instanceof Message.Reply reply) {
                return reply.reply();
            }
        }
        throw new AssertionError("no reply to " + command);
    }

    StoredWorkflow workflow() {
        if (workflow == null) {
            throw new AssertionError("there is no workflow");
        }
        return workflow;
    }

    WorkflowState state() {
        return workflow().getState();
    }

    Journal journal() {
        Journal journal = new Journal();
        history.forEach(journal::add);
        return journal;
    }

    List<HistoryEntry> history() {
        return history;
    }

    boolean isNothing() {
        return workflow == null;
    }
}
