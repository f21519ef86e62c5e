package io.millrace.client;

import static io.millrace.schemas.WorkflowStatus.RUNNING;

import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.CountAnswer;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.ListOrder;
import io.millrace.schemas.ListPosition;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Query;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.WorkflowsAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An engine that only stores: what the client asks of a connection, without Kafka. Its pages can be made short.
 */
final class InMemoryEngine implements EngineConnection {
    static final int PARTITIONS = 3;

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
        } else if (query.getCountWorkflows() != null) {
            answer.setCount(count(partition, query.getCountWorkflows().getConditions()));
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
        Comparator<WorkflowState> order = ListOrder.of(question.getOldestFirst());
        ListPosition after = question.getAfter();
        List<WorkflowState> all = matching(partition, question.getConditions())
                .filter(workflow -> after == null
                        || order.compare(workflow, state(after.getWorkflowId(), after.getCreatedAtMs(), RUNNING)) > 0)
                .sorted(order)
                .toList();
        int size = Math.min(all.size(), Math.min(mostPerPage, question.getLimit()));
        return new WorkflowsAnswer(
                all.subList(0, size), size < all.size() ? ListOrder.positionOf(all.get(size - 1)) : null);
    }

    private CountAnswer count(int partition, WorkflowConditions conditions) {
        List<WorkflowState> all = matching(partition, conditions).toList();
        CountAnswer answer = new CountAnswer((long) all.size(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (WorkflowState workflow : all) {
            answer.getByStatus().merge(workflow.getStatus().name(), 1L, Long::sum);
            answer.getByType().merge(workflow.getWorkflowType(), 1L, Long::sum);
            if (workflow.getWorkerId() != null) {
                answer.getByOwner().merge(workflow.getWorkerId(), 1L, Long::sum);
            }
        }
        return answer;
    }

    /** Of the conditions, it knows those on statuses and types. */
    private Stream<WorkflowState> matching(int partition, WorkflowConditions conditions) {
        return workflows.values().stream()
                .filter(workflow -> partitionOf(workflow.getWorkflowId()) == partition)
                .filter(workflow -> conditions.getStatuses().isEmpty()
                        || conditions.getStatuses().contains(workflow.getStatus()))
                .filter(workflow -> conditions.getWorkflowType() == null
                        || conditions.getWorkflowType().equals(workflow.getWorkflowType()));
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
