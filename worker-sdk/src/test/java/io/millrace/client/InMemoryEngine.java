package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Query;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.WorkflowsAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An engine that only stores: what the client asks of a connection, without Kafka. Within a millisecond it orders workflows
 * by id backwards, unlike the client, and its pages can be made short.
 */
final class InMemoryEngine implements EngineConnection {
    static final int PARTITIONS = 3;

    private static final Comparator<WorkflowState> ITS_ORDER = Comparator.comparingLong(WorkflowState::getCreatedAtMs)
            .thenComparing(WorkflowState::getWorkflowId)
            .reversed();

    final Map<String, WorkflowState> workflows = new HashMap<>();
    final Map<String, Payload> inputs = new HashMap<>();
    final Map<String, List<RecordedStep>> steps = new HashMap<>();
    final List<Command> commands = new ArrayList<>();
    final List<Query> queries = new ArrayList<>();
    int mostPerPage = Integer.MAX_VALUE;

    @Nullable
    String rejection;

    /** The workflow that holds the deduplication id of every start that has one. */
    @Nullable
    String deduplicationHolder;

    int silentPartition = -1;

    /** What becomes of commands other than starts. */
    BiFunction<Command, CommandReply.Builder, CompletableFuture<CommandReply>> decide = this::accept;

    /** What it answers to queries for history, values and forks. */
    BiConsumer<Query, Answer> answerOther = (query, answer) -> answer.setError("not told what to answer");

    static WorkflowState state(String workflowId, long createdAtMs, WorkflowStatus status) {
        return WorkflowState.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowType("test")
                .setStatus(status)
                .setQueue("default")
                .setCreatedAtMs(createdAtMs)
                .setUpdatedAtMs(createdAtMs)
                .build();
    }

    void add(WorkflowState state) {
        workflows.put(state.getWorkflowId(), state);
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    public int partitionOf(String workflowId) {
        return Math.floorMod(workflowId.hashCode(), PARTITIONS);
    }

    @Override
    public CompletableFuture<CommandReply> send(String workflowId, Command command, Duration timeout) {
        commands.add(command);
        CommandReply.Builder reply = CommandReply.newBuilder()
                .setCommandId(command.getCommandId())
                .setWorkflowId(workflowId)
                .setAtMs(0);
        return command.getStart() == null
                ? decide.apply(command, reply)
                : CompletableFuture.completedFuture(start(workflowId, command, reply));
    }

    private CommandReply start(String workflowId, Command command, CommandReply.Builder reply) {
        if (deduplicationHolder != null && command.getStart().getDeduplicationId() != null) {
            return deduplicated(command, reply);
        }
        boolean existing = workflows.containsKey(workflowId);
        if (rejection == null && !existing) {
            add(state(workflowId, command.getIssuedAtMs(), WorkflowStatus.ENQUEUED));
            inputs.put(workflowId, command.getStart().getInput());
        }
        return reply.setOutcome(rejection == null ? CommandOutcome.ACCEPTED : CommandOutcome.REJECTED)
                .setReason(rejection)
                .setExisting(existing)
                .setStatus(WorkflowStatus.ENQUEUED)
                .build();
    }

    private CommandReply deduplicated(Command command, CommandReply.Builder reply) {
        boolean existing = command.getStart().getDeduplicationPolicy() == DeduplicationPolicy.RETURN_EXISTING;
        return reply.setOutcome(existing ? CommandOutcome.ACCEPTED : CommandOutcome.REJECTED)
                .setWorkflowId(existing ? deduplicationHolder : reply.getWorkflowId())
                .setReason("its deduplication id is held by " + deduplicationHolder)
                .setDeduplicationHolder(deduplicationHolder)
                .setExisting(existing)
                .setStatus(existing ? WorkflowStatus.RUNNING : WorkflowStatus.UNKNOWN)
                .build();
    }

    /** What it does with commands unless told otherwise: refuses what it does not know, and accepts all else without a change. */
    private CompletableFuture<CommandReply> accept(Command command, CommandReply.Builder reply) {
        WorkflowState known = workflows.get(reply.getWorkflowId());
        if (known == null) {
            return CompletableFuture.completedFuture(reply.setOutcome(CommandOutcome.REJECTED)
                    .setStatus(WorkflowStatus.UNKNOWN)
                    .setReason("nobody has started it")
                    .build());
        }
        return CompletableFuture.completedFuture(reply.setOutcome(CommandOutcome.ACCEPTED)
                .setStatus(known.getStatus())
                .setForkWorkflowId(
                        command.getFork() == null ? null : command.getFork().getWorkflowId())
                .build());
    }

    @Override
    public CompletableFuture<Answer> ask(int partition, Query query, Duration timeout) {
        queries.add(query);
        if (partition == silentPartition) {
            return CompletableFuture.failedFuture(new EngineUnavailableException("partition is silent", null));
        }
        Answer answer = Answer.newBuilder()
                .setQueryId(query.getQueryId())
                .setPartition(partition)
                .build();
        if (query.getGetWorkflow() != null) {
            String id = query.getGetWorkflow().getWorkflowId();
            answer.setWorkflow(new WorkflowAnswer(workflows.get(id), inputs.get(id)));
        } else if (query.getGetSteps() != null) {
            String id = query.getGetSteps().getWorkflowId();
            answer.setSteps(stepsFrom(id, query.getGetSteps().getFromSeq()));
        } else if (query.getListWorkflows() != null) {
            answer.setWorkflows(list(partition, query.getListWorkflows()));
        } else {
            answerOther.accept(query, answer);
        }
        return CompletableFuture.completedFuture(answer);
    }

    private StepsAnswer stepsFrom(String workflowId, int fromSeq) {
        List<RecordedStep> all = steps.getOrDefault(workflowId, List.of());
        int end = (int) Math.min(all.size(), fromSeq - 1L + mostPerPage);
        return new StepsAnswer(
                workflows.containsKey(workflowId),
                all.subList(fromSeq - 1, end),
                end < all.size() ? Integer.valueOf(end + 1) : null);
    }

    private WorkflowsAnswer list(int partition, ListWorkflows question) {
        Long before = question.getCreatedBeforeMs();
        String after = question.getCursor() == null
                ? null
                : StandardCharsets.UTF_8
                        .decode(question.getCursor().duplicate())
                        .toString();
        List<WorkflowState> all = workflows.values().stream()
                .filter(state -> partitionOf(state.getWorkflowId()) == partition)
                .filter(state -> before == null || state.getCreatedAtMs() < before)
                .filter(state -> question.getStatuses().isEmpty()
                        || question.getStatuses().contains(state.getStatus()))
                .sorted(ITS_ORDER)
                .collect(Collectors.toList());
        if (after != null) {
            WorkflowState last = workflows.get(after);
            all.removeIf(state -> ITS_ORDER.compare(state, last) <= 0);
        }
        int size = Math.min(all.size(), Math.min(mostPerPage, question.getLimit()));
        ByteBuffer next = size < all.size()
                ? ByteBuffer.wrap(all.get(size - 1).getWorkflowId().getBytes(StandardCharsets.UTF_8))
                : null;
        return new WorkflowsAnswer(all.subList(0, size), next);
    }

    @Override
    public CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout) {
        WorkflowState state = workflows.get(workflowId);
        if (state == null) {
            return CompletableFuture.failedFuture(new WorkflowNotFoundException(workflowId));
        }
        return WorkflowStatuses.isClosed(state.getStatus())
                ? CompletableFuture.completedFuture(state)
                : CompletableFuture.failedFuture(new WorkflowStillOpenException(workflowId, timeout));
    }

    @Override
    public void close() {}
}
