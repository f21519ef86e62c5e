package io.millrace.api;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.EnqueuedWorkflow;
import io.millrace.schemas.GetQueues;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListQueue;
import io.millrace.schemas.QueueListAnswer;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.QueueStatistics;
import io.millrace.schemas.QueuesAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the fake engine knows of queues: their settings, and what of its workflows is on them. */
final class FakeQueues {
    private static final long SET_AT_MS = 1_767_225_602_000L;

    private static final Comparator<EnqueuedWorkflow> ORDER = Comparator.comparingInt(EnqueuedWorkflow::getRank)
            .thenComparingInt(EnqueuedWorkflow::getPriority)
            .thenComparingLong(EnqueuedWorkflow::getQueueOrder)
            .thenComparing(waiting -> waiting.getWorkflow().getWorkflowId());

    private final Map<String, WorkflowState> workflows;
    private final Map<String, QueueSettings> settings = new ConcurrentHashMap<>();
    private volatile @Nullable String refusal;

    FakeQueues(Map<String, WorkflowState> workflows) {
        this.workflows = workflows;
    }

    /** From now on it refuses settings. */
    void refuse(String reason) {
        refusal = reason;
    }

    @Nullable
    QueueSettings settings(String queue) {
        return settings.get(queue);
    }

    CommandReply set(String queue, Command command) {
        String no = refusal;
        if (no == null) {
            QueueSettings set = command.getSetQueue().getSettings();
            set.setUpdatedAtMs(SET_AT_MS);
            set.setUpdatedBy(command.getIssuer());
            settings.put(queue, set);
        }
        return CommandReply.newBuilder()
                .setCommandId(command.getCommandId())
                .setWorkflowId(queue)
                .setOutcome(no == null ? CommandOutcome.ACCEPTED : CommandOutcome.REJECTED)
                .setReason(no)
                .setStatus(WorkflowStatus.UNKNOWN)
                .setAtMs(0)
                .build();
    }

    QueuesAnswer statistics(GetQueues question) {
        TreeSet<String> names = new TreeSet<>(settings.keySet());
        workflows.values().forEach(workflow -> names.add(workflow.getQueue()));
        return new QueuesAnswer(names.stream()
                .filter(name -> question.getQueue() == null || name.equals(question.getQueue()))
                .map(this::statistics)
                .toList());
    }

    private QueueStatistics statistics(String queue) {
        List<EnqueuedWorkflow> waiting = waiting(queue);
        return QueueStatistics.newBuilder()
                .setQueue(queue)
                .setSettings(settings.get(queue))
                .setDepth(waiting.size())
                .setRunning(count(queue, WorkflowStatus.RUNNING))
                .setSlotsHeld(settings.containsKey(queue) ? count(queue, WorkflowStatus.RUNNING) : null)
                .setOldestEnqueuedAtMs(waiting.stream()
                        .map(EnqueuedWorkflow::getEnqueuedAtMs)
                        .min(Comparator.naturalOrder())
                        .orElse(null))
                .setBegunLastMinute(3)
                .setEndedLastMinute(2)
                .setWaitingFor(waiting.isEmpty() ? null : "a worker")
                .build();
    }

    private long count(String queue, WorkflowStatus status) {
        return workflows.values().stream()
                .filter(workflow -> workflow.getQueue().equals(queue) && workflow.getStatus() == status)
                .count();
    }

    /** The cursor is how many went before. */
    QueueListAnswer list(ListQueue question) {
        List<EnqueuedWorkflow> all = waiting(question.getQueue()).stream()
                .filter(item -> question.getPartitionKey() == null
                        || question.getPartitionKey().equals(item.getWorkflow().getPartitionKey()))
                .toList();
        ByteBuffer cursor = question.getCursor();
        int from = cursor == null
                ? 0
                : Integer.parseInt(
                        StandardCharsets.UTF_8.decode(cursor.duplicate()).toString());
        int to = Math.min(from + question.getLimit(), all.size());
        return new QueueListAnswer(
                all.subList(from, to),
                to < all.size() ? ByteBuffer.wrap(Integer.toString(to).getBytes(StandardCharsets.UTF_8)) : null);
    }

    private List<EnqueuedWorkflow> waiting(String queue) {
        return workflows.values().stream()
                .filter(workflow ->
                        workflow.getQueue().equals(queue) && workflow.getStatus() == WorkflowStatus.ENQUEUED)
                .map(workflow -> new EnqueuedWorkflow(
                        workflow,
                        1,
                        workflow.getPriority() == null ? Limits.DEFAULT_PRIORITY : workflow.getPriority(),
                        1L,
                        workflow.getCreatedAtMs()))
                .sorted(ORDER)
                .toList();
    }
}
