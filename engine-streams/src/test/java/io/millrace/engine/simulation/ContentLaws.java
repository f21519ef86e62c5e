package io.millrace.engine.simulation;

import io.millrace.engine.machine.Statuses;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.Payload;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What must hold of results and messages: each is one of its kind, so that it is known again wherever it comes to. */
final class ContentLaws {
    private final Set<String> said = new HashSet<>();
    private int number;

    /** A text that was never said before. */
    String say(String what) {
        String text = what + " #" + ++number;
        said.add(text);
        return text;
    }

    /** The output of a workflow. */
    void said(String text) {
        said.add(text);
    }

    /** What code is given was said by somebody, in just these words. */
    void mustHaveBeenSaid(String text, SimulatedExecution execution) {
        Invariant.WHOLE.must(said.contains(text), () -> "\"" + text + "\" in " + execution.name());
    }

    /** What is committed was said. */
    void onFact(String workflowId, HistoryFact fact) {
        if (fact.getStepCompleted() != null) {
            mustBeWhole(workflowId, fact.getStepCompleted().getOutput());
        }
        if (fact.getMessageReceived() != null) {
            mustBeWhole(workflowId, fact.getMessageReceived().getPayload());
        }
        if (fact.getWorkflowCompleted() != null) {
            mustBeWhole(workflowId, fact.getWorkflowCompleted().getOutput());
        }
    }

    private void mustBeWhole(String workflowId, @Nullable Payload payload) {
        if (payload != null) {
            String text = text(payload);
            Invariant.WHOLE.must(said.contains(text), () -> "\"" + text + "\" at " + workflowId);
        }
    }

    private static String text(Payload payload) {
        String json =
                StandardCharsets.UTF_8.decode(payload.getData().duplicate()).toString();
        return json.length() >= 2 ? json.substring(1, json.length() - 1) : json;
    }

    /** Who has sent a message knows by now what became of it. */
    void mustHaveArrived(Map<String, RecordedWorkflow> workflows) {
        workflows.forEach((id, workflow) -> {
            Set<Integer> open = new TreeSet<>();
            workflow.history()
                    .forEach(entry -> entry.getFacts().forEach(fact -> {
                        if (fact.getMessageSent() != null) {
                            open.add(fact.getMessageSent().getSeq());
                        }
                    }));
            open.removeAll(workflow.steps());
            boolean waits = Statuses.isOpen(workflow.status()) && workflow.started() != null;
            Invariant.NOTHING_LOST.must(!waits || open.isEmpty(), () -> id + " waits to hear of its messages " + open);
        });
    }

    /** A fork has the messages that its source has not received: that is no second sending. */
    private static boolean isOfFork(HistoryEntry entry) {
        return entry.getFacts().stream()
                .anyMatch(fact -> fact.getWorkflowStarted() != null || fact.getStepsCopied() != null);
    }

    /** What one workflow has sent and was told that it was taken, the other has received, and once. */
    void mustHoldAtTheEnd(Map<String, RecordedWorkflow> workflows) {
        Map<String, Integer> received = new HashMap<>();
        Map<String, String> sent = new TreeMap<>();
        workflows.forEach((id, workflow) -> {
            Map<Integer, String> open = new HashMap<>();
            workflow.history()
                    .forEach(entry -> entry.getFacts().forEach(fact -> {
                        MessageReceived message = fact.getMessageReceived();
                        if (message != null && !isOfFork(entry)) {
                            received.merge(text(message.getPayload()), 1, Integer::sum);
                        } else if (fact.getMessageSent() != null) {
                            open.put(
                                    fact.getMessageSent().getSeq(),
                                    text(fact.getMessageSent().getPayload()));
                        } else if (fact.getMessageAnswered() != null
                                && fact.getMessageAnswered().getAccepted()) {
                            sent.put(open.get(fact.getMessageAnswered().getSeq()), id);
                        }
                    }));
        });
        received.forEach(
                (text, times) -> Invariant.MESSAGE_ONCE.must(times == 1, () -> text + " came " + times + " times"));
        sent.forEach((text, by) ->
                Invariant.NOTHING_LOST.must(received.containsKey(text), () -> text + " of " + by + " did not arrive"));
    }
}
