package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.eagerlyStarted;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.startCommand;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.RecoveryExhausted;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.WorkflowTimedOut;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every situation a workflow can be in, and every kind of input: what is decided, as a table of facts and (after the slash) messages.
 * {@code -} is nothing.
 */
class EveryPairTest {
    /** Statuses of commands that this engine does not have yet. */
    private static final Set<WorkflowStatus> NOT_REACHED = EnumSet.of(
            WorkflowStatus.UNKNOWN,
            WorkflowStatus.PAUSED,
            WorkflowStatus.CANCELLING,
            WorkflowStatus.CANCELLED,
            WorkflowStatus.TERMINATED);

    private static final String TABLE = """
            start
                there is none: workflow started / accepted
                otherwise: command noted / accepted existing
            start, repeated
                there is none: workflow started / accepted
                otherwise: - / accepted
            start, not allowed
                there is none: - / rejected
                otherwise: command noted / rejected
            eager start
                there is none: workflow started, granted
                otherwise: - / revoke w2
            step of w1
                running: step completed
                otherwise: - / revoke w1
            step of w2
                otherwise: - / revoke w2
            w1 completes
                running: workflow completed
                otherwise: - / revoke w1
            w1 fails
                running: workflow failed
                otherwise: - / revoke w1
            assigned to w2
                enqueued: granted
                running, let go of: granted
                otherwise: -
            w1 is lost
                running: worker lost
                otherwise: -
            w1 has left
                running: released
                otherwise: -
            w2 is lost
                otherwise: -
            wake time
                delayed: delay elapsed
                running, parked: wait elapsed
                otherwise: -
            wake time, early
                otherwise: -
            deadline
                running: workflow timed out / revoke w1
                running, let go of: workflow timed out
                running, parked: workflow timed out
                otherwise: -
            deadline, early
                otherwise: -
            """;

    @Test
    void shouldDecideAsTheTableSays() {
        StringBuilder actual = new StringBuilder();
        inputs().forEach((name, input) -> {
            Map<String, String> outcomes = new LinkedHashMap<>();
            situations().forEach((situation, given) -> outcomes.put(situation, shown(given.when(input))));
            // Most situations are closed; what those do is what the others are seen against.
            String usual = outcomes.get("completed");
            actual.append(name).append('\n');
            outcomes.forEach((situation, outcome) -> {
                if (!outcome.equals(usual)) {
                    actual.append("    " + situation + ": " + outcome + "\n");
                }
            });
            actual.append("    otherwise: " + usual + "\n");
        });
        assertEquals(TABLE, actual.toString());
    }

    @Test
    void shouldVisitEveryPairOfAReachableStatusAndAnInput() {
        Set<String> visited = new TreeSet<>();
        Set<String> reachable = new TreeSet<>();
        situations()
                .forEach((situation, given) -> inputs().forEach((name, input) -> {
                    visited.add(statusOf(given) + " x " + kindOf(input));
                    Given after = given.then(input);
                    for (Class<?> kind : Input.class.getPermittedSubclasses()) {
                        reachable.add(statusOf(after) + " x " + kind.getSimpleName());
                    }
                }));
        Set<String> missed = new TreeSet<>(reachable);
        missed.removeAll(visited);
        assertEquals(Set.of(), missed, "reachable and not visited");

        Set<WorkflowStatus> notVisited = EnumSet.allOf(WorkflowStatus.class);
        situations().values().stream()
                .filter(given -> !given.isNothing())
                .forEach(given -> notVisited.remove(given.workflow().getState().getStatus()));
        assertEquals(NOT_REACHED, notVisited, "statuses that no situation has");
    }

    private static Map<String, Given> situations() {
        Map<String, Given> situations = new LinkedHashMap<>();
        situations.put("there is none", Given.nothing());
        situations.put("delayed", Given.delayed());
        situations.put("enqueued", Given.enqueued());
        situations.put("running", Given.running());
        situations.put("running, let go of", Given.running().and(released()));
        situations.put("running, parked", Given.running().and(sleepStarted(1, Given.NOW), parked(1, Given.NOW)));
        situations.put("completed", Given.running().and(completed(0)));
        situations.put("failed", Given.running().and(failed(0)));
        situations.put("timed out", Given.running().and(Facts.of(new WorkflowTimedOut(1L))));
        situations.put("retries exhausted", Given.running().and(released()).and(Facts.of(new RecoveryExhausted(3))));
        return situations;
    }

    private static Map<String, Input> inputs() {
        Start tooLong = demo();
        tooLong.setQueue("q".repeat(1_000));
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put("start", new Input.CommandReceived(startCommand("c2", demo()), 9, Given.NOW));
        inputs.put("start, repeated", new Input.CommandReceived(startCommand("c1", demo()), 9, Given.NOW));
        inputs.put("start, not allowed", new Input.CommandReceived(startCommand("c3", tooLong), 9, Given.NOW));
        inputs.put("eager start", new Input.EventReceived(event("w2", 1, eagerlyStarted(demo())), 9, Given.NOW));
        inputs.put("step of w1", new Input.EventReceived(event("w1", 1, stepCompleted(1)), 9, Given.NOW));
        inputs.put("step of w2", new Input.EventReceived(event("w2", 1, stepCompleted(1)), 9, Given.NOW));
        inputs.put("w1 completes", new Input.EventReceived(event("w1", 1, completed(0)), 9, Given.NOW));
        inputs.put("w1 fails", new Input.EventReceived(event("w1", 1, failed(0)), 9, Given.NOW));
        inputs.put("assigned to w2", new Input.WorkerAssigned("w2", 5, Given.NOW));
        inputs.put("w1 is lost", new Input.OwnerLost("w1", false, Given.NOW));
        inputs.put("w1 has left", new Input.OwnerLost("w1", true, Given.NOW));
        inputs.put("w2 is lost", new Input.OwnerLost("w2", false, Given.NOW));
        inputs.put("wake time", new Input.WakeTimeReached(9, Given.NOW));
        inputs.put("wake time, early", new Input.WakeTimeReached(9, Given.NOW - 1));
        inputs.put("deadline", new Input.DeadlineReached(Given.NOW));
        inputs.put("deadline, early", new Input.DeadlineReached(Given.NOW - 1));
        return inputs;
    }

    private static String statusOf(Given given) {
        return given.isNothing()
                ? "NONE"
                : given.workflow().getState().getStatus().name();
    }

    private static String kindOf(Input input) {
        return input.getClass().getSimpleName();
    }

    private static String shown(Decision decision) {
        List<String> messages = new ArrayList<>();
        for (Message message : decision.messages()) {
            messages.add(
                    message instanceof Message.Reply reply
                            ? reply.reply().getOutcome() + (reply.reply().getExisting() ? " existing" : "")
                            : "revoke " + ((Message.ToWorker) message).workerId());
        }
        String facts = decision.facts().stream()
                .map(fact -> FactKind.of(fact).name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return (facts.isEmpty() ? "-" : facts)
                + (messages.isEmpty() ? "" : " / " + String.join(", ", messages).toLowerCase(Locale.ROOT));
    }
}
