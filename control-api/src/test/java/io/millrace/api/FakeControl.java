package io.millrace.api;

import io.millrace.client.WorkflowStatuses;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.ForkOfWorkflow;
import io.millrace.schemas.ForksAnswer;
import io.millrace.schemas.GetHistory;
import io.millrace.schemas.GetValue;
import io.millrace.schemas.HistoryAnswer;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.ListForks;
import io.millrace.schemas.Payload;
import io.millrace.schemas.ValueAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the fake engine does with commands other than starts, and what it knows of histories, values and forks. */
final class FakeControl {
    private static final long FORKED_AT_MS = 1_767_225_601_000L;

    private final Map<String, WorkflowState> workflows;
    private final Map<String, Command> last = new ConcurrentHashMap<>();
    private final Map<String, CommandReply> replies = new ConcurrentHashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Map<String, List<HistoryEntry>> histories = new ConcurrentHashMap<>();
    private final Map<String, Payload> values = new ConcurrentHashMap<>();
    private final Map<String, List<ForkOfWorkflow>> forks = new ConcurrentHashMap<>();

    FakeControl(Map<String, WorkflowState> workflows) {
        this.workflows = workflows;
    }

    @Nullable
    Command lastCommand(String workflowId) {
        return last.get(workflowId);
    }

    void refuse(String workflowId, String reason) {
        refusals.put(workflowId, reason);
    }

    void addHistory(String workflowId, long atMs, HistoryFact... facts) {
        List<HistoryEntry> entries = histories.computeIfAbsent(workflowId, id -> new CopyOnWriteArrayList<>());
        entries.add(new HistoryEntry(entries.size() + 1L, atMs, List.of(facts)));
    }

    void setValue(String workflowId, String key, Payload value) {
        values.put(workflowId + "/" + key, value);
    }

    /** The same command id has one effect and one answer, as with the engine. */
    CommandReply answer(String workflowId, Command command) {
        return replies.computeIfAbsent(command.getCommandId(), id -> decide(workflowId, command));
    }

    private CommandReply decide(String workflowId, Command command) {
        WorkflowState state = workflows.get(workflowId);
        if (state == null) {
            return reply(workflowId, command, "there is no workflow with this id", WorkflowStatus.UNKNOWN);
        }
        last.put(workflowId, command);
        String refusal = refusals.get(workflowId);
        if (refusal != null) {
            return reply(workflowId, command, refusal, state.getStatus());
        }
        WorkflowStatus before = state.getStatus();
        WorkflowStatus after = after(command, before);
        state.setStatus(after);
        if (command.getSetPriority() != null) {
            state.setPriority(command.getSetPriority().getPriority());
        } else if (command.getMoveToQueue() != null) {
            state.setQueue(command.getMoveToQueue().getQueue());
            state.setPriority(command.getMoveToQueue().getPriority());
            state.setPartitionKey(command.getMoveToQueue().getPartitionKey());
        }
        CommandReply reply = reply(workflowId, command, null, after);
        if (after == before && command.getCancel() != null) {
            reply.setReason("it is " + after + " already: nothing has changed");
        }
        if (command.getFork() != null) {
            reply.setForkWorkflowId(fork(state, command));
        }
        return reply;
    }

    private static WorkflowStatus after(Command command, WorkflowStatus before) {
        if (command.getCancel() != null) {
            return WorkflowStatus.CANCELLED;
        } else if (command.getTerminate() != null) {
            return WorkflowStatus.TERMINATED;
        } else if (command.getPause() != null) {
            return WorkflowStatus.PAUSED;
        }
        boolean changesNothing = command.getFork() != null || command.getSendMessage() != null;
        return changesNothing ? before : WorkflowStatus.ENQUEUED;
    }

    private String fork(WorkflowState source, Command command) {
        String forkId = command.getFork().getWorkflowId();
        Integer step = command.getFork().getFrom().getStep();
        int startStep = step == null ? 1 : step;
        WorkflowState copy = WorkflowState.newBuilder()
                .setWorkflowId(forkId)
                .setWorkflowType(source.getWorkflowType())
                .setStatus(WorkflowStatus.ENQUEUED)
                .setQueue(source.getQueue())
                .setCreatedAtMs(FORKED_AT_MS)
                .setUpdatedAtMs(FORKED_AT_MS)
                .setForkedFrom(source.getWorkflowId())
                .setForkedFromStep(startStep)
                .build();
        workflows.put(forkId, copy);
        forks.computeIfAbsent(source.getWorkflowId(), id -> new CopyOnWriteArrayList<>())
                .add(new ForkOfWorkflow(forkId, startStep, FORKED_AT_MS));
        return forkId;
    }

    private static CommandReply reply(
            String workflowId, Command command, @Nullable String refusal, WorkflowStatus status) {
        return CommandReply.newBuilder()
                .setCommandId(command.getCommandId())
                .setWorkflowId(workflowId)
                .setOutcome(refusal == null ? CommandOutcome.ACCEPTED : CommandOutcome.REJECTED)
                .setReason(refusal)
                .setStatus(status)
                .setAtMs(0)
                .build();
    }

    HistoryAnswer history(GetHistory question) {
        List<HistoryEntry> all = histories.getOrDefault(question.getWorkflowId(), List.of());
        int from = (int) Math.min(question.getFromNumber() - 1, all.size());
        int to = (int) Math.min((long) from + question.getLimit(), all.size());
        return new HistoryAnswer(
                workflows.containsKey(question.getWorkflowId()),
                all.subList(from, to),
                to < all.size() ? Long.valueOf(to + 1L) : null);
    }

    ValueAnswer value(GetValue question) {
        WorkflowState state = workflows.get(question.getWorkflowId());
        Payload value = values.get(question.getWorkflowId() + "/" + question.getKey());
        return new ValueAnswer(
                state != null, state != null && WorkflowStatuses.isClosed(state.getStatus()), value != null, value);
    }

    /** The cursor is how many forks went before. */
    ForksAnswer forks(ListForks question) {
        List<ForkOfWorkflow> all = new ArrayList<>(forks.getOrDefault(question.getWorkflowId(), List.of()));
        ByteBuffer cursor = question.getCursor();
        int from = cursor == null
                ? 0
                : Integer.parseInt(
                        StandardCharsets.UTF_8.decode(cursor.duplicate()).toString());
        int to = Math.min(from + question.getLimit(), all.size());
        return new ForksAnswer(
                workflows.containsKey(question.getWorkflowId()),
                all.subList(from, to),
                to < all.size() ? ByteBuffer.wrap(Integer.toString(to).getBytes(StandardCharsets.UTF_8)) : null);
    }
}
