package io.millrace.engine.simulation;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Limits;
import io.millrace.schemas.WorkflowStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** What must hold of commands and their answers. */
final class CommandLaws {
    private final Guarantees guarantees;
    private final Map<String, Sent> sent = new TreeMap<>();
    private final Map<String, CommandReply> replies = new HashMap<>();
    private final Map<String, String> firstStarts = new HashMap<>();

    private record Sent(String workflowId, Command command) {
        boolean reopens() {
            return command.getResume() != null || command.getRewind() != null;
        }

        boolean isTooLarge() {
            return command.getStart() != null
                    && command.getStart().getInput() != null
                    && command.getStart().getInput().getData().remaining() > Limits.MAX_PAYLOAD_BYTES;
        }
    }

    CommandLaws(Guarantees guarantees) {
        this.guarantees = guarantees;
    }

    void onSent(String workflowId, Command command) {
        sent.putIfAbsent(command.getCommandId(), new Sent(workflowId, command));
    }

    /** Commands that were sent, to be sent once more. */
    List<String> ids() {
        return new ArrayList<>(sent.keySet());
    }

    Command command(String commandId) {
        return sent.get(commandId).command();
    }

    String workflowOf(String commandId) {
        return sent.get(commandId).workflowId();
    }

    /** Whether somebody has asked for it to run again, and nobody has seen what came of that. */
    boolean isToBeReopened(String workflowId) {
        return sent.entrySet().stream()
                .anyMatch(entry -> entry.getValue().reopens()
                        && entry.getValue().workflowId().equals(workflowId)
                        && !replies.containsKey(entry.getKey()));
    }

    void onReply(CommandReply reply) {
        CommandReply before = replies.put(reply.getCommandId(), reply);
        Invariant.ANSWERED_ALIKE.must(
                before == null || isAlike(before, reply), () -> RecordWords.of(before) + ", " + RecordWords.of(reply));
        boolean refused = reply.getOutcome() == CommandOutcome.REJECTED;
        boolean reasoned = reply.getReason() != null && !reply.getReason().isBlank();
        Invariant.REFUSED_WITH_REASON.must(!refused || reasoned, () -> RecordWords.of(reply));
        Sent asked = sent.get(reply.getCommandId());
        if (asked == null) {
            return;
        }
        if (asked.isTooLarge()) {
            boolean named = refused && reply.getReason().contains(Integer.toString(Limits.MAX_PAYLOAD_BYTES));
            Invariant.OVER_A_LIMIT.must(named, () -> RecordWords.of(reply));
        }
        if (asked.command().getStart() != null && !refused && !reply.getExisting()) {
            String first = firstStarts.putIfAbsent(asked.workflowId(), reply.getCommandId());
            Invariant.STARTED_ONCE.must(
                    first == null || first.equals(reply.getCommandId()),
                    () -> asked.workflowId() + " was started by " + first + " and by " + reply.getCommandId());
        }
    }

    /** The answer is kept with the workflow: where there was none, it is judged anew. */
    private static boolean isAlike(CommandReply before, CommandReply reply) {
        return before.getStatus() == WorkflowStatus.UNKNOWN
                || before.equals(CommandReply.newBuilder(reply)
                        .setAtMs(before.getAtMs())
                        // A start's is not kept: whoever asks again is told of the workflow as it is now.
                        .setStatus("start".equals(reply.getCommand()) ? before.getStatus() : reply.getStatus())
                        .build());
    }

    void mustHoldAtTheEnd() {
        Set<String> open = new HashSet<>(sent.keySet());
        open.removeAll(replies.keySet());
        Invariant.ANSWERED.must(open.isEmpty(), open::toString);
        sent.forEach((commandId, command) -> {
            RecordedWorkflow workflow = guarantees.find(command.workflowId());
            CommandReply reply = replies.get(commandId);
            boolean found = reply.getStatus() != WorkflowStatus.UNKNOWN;
            if (workflow != null && found && command.command().getSetQueue() == null) {
                mustBeInHistory(commandId, workflow);
            }
        });
    }

    private static void mustBeInHistory(String commandId, RecordedWorkflow workflow) {
        Map<String, Integer> times = new HashMap<>();
        for (HistoryEntry entry : workflow.history()) {
            for (HistoryFact fact : entry.getFacts()) {
                count(fact, commandId, times);
            }
        }
        boolean once = !times.isEmpty() && times.values().stream().allMatch(many -> many == 1);
        Invariant.IN_HISTORY.must(once, () -> commandId + " is in history as " + times);
    }

    private static void count(HistoryFact fact, String commandId, Map<String, Integer> times) {
        for (Schema.Field field : fact.getSchema().getFields()) {
            if (fact.get(field.pos()) instanceof SpecificRecord body
                    && body.getSchema().getField("commandId") != null
                    && commandId.equals(
                            body.get(body.getSchema().getField("commandId").pos()))) {
                times.merge(field.name(), 1, Integer::sum);
            }
        }
    }
}
