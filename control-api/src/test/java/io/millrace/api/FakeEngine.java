package io.millrace.api;

import io.millrace.client.EngineConnection;
import io.millrace.client.EngineUnavailableException;
import io.millrace.client.SeenWorker;
import io.millrace.client.StatusFollowing;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.client.WorkflowStatuses;
import io.millrace.client.WorkflowStillOpenException;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An engine of one partition that keeps workflows in a map and lets tests end them. Thread-safe. */
public final class FakeEngine implements EngineConnection {
    private final Map<String, WorkflowState> workflows = new ConcurrentHashMap<>();
    private final Map<String, Start> starts = new ConcurrentHashMap<>();
    private final Map<String, String> starters = new ConcurrentHashMap<>();
    private final Map<String, List<RecordedStep>> steps = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<WorkflowState>> ends = new ConcurrentHashMap<>();
    private final FakeControl control = new FakeControl(workflows);
    private final FakeListing listing = new FakeListing(workflows);
    private final FakeQueues queues = new FakeQueues(workflows);
    private final FakeStatuses statuses = new FakeStatuses();
    private final List<SeenWorker> workers = new CopyOnWriteArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable String rejection;
    private volatile boolean silent;
    private volatile boolean answersQueries = true;

    /** Makes a workflow end. */
    public void end(String workflowId, WorkflowStatus status, @Nullable String jsonOutput) {
        WorkflowState state = workflows.get(workflowId);
        state.setStatus(status);
        state.setOutput(jsonOutput == null ? null : json(jsonOutput));
        statuses.add(state);
        ends.computeIfAbsent(workflowId, id -> new CompletableFuture<>()).complete(state);
    }

    /** A workflow as the engine has it, to be changed by the test. */
    public WorkflowState workflow(String workflowId) {
        return workflows.get(workflowId);
    }

    /** Tells those who follow changes how a workflow is now. */
    public void tellOf(String workflowId) {
        statuses.add(workflows.get(workflowId));
    }

    FakeStatuses statuses() {
        return statuses;
    }

    /** Adds a worker. */
    public void add(SeenWorker worker) {
        workers.add(worker);
    }

    /** How a workflow was started. */
    public Start start(String workflowId) {
        return starts.get(workflowId);
    }

    /** Who started a workflow. */
    String starter(String workflowId) {
        return starters.get(workflowId);
    }

    /** What a workflow was started with. */
    public Payload workflowInput(String workflowId) {
        return starts.get(workflowId).getInput();
    }

    /** Puts steps on record. */
    public void steps(String workflowId, RecordedStep... recorded) {
        steps.put(workflowId, List.of(recorded));
    }

    /** The settings of a queue, where they were set. */
    public @Nullable QueueSettings queueSettings(String queue) {
        return queues.settings(queue);
    }

    /** From now on it refuses the settings of queues. */
    public void refuseQueues(String reason) {
        queues.refuse(reason);
    }

    /** From now on it answers nothing. */
    public void fallSilent() {
        silent = true;
        answersQueries = false;
    }

    /** From now on it answers commands alone. */
    void answerNoQueries() {
        answersQueries = false;
    }

    /** The last command other than a start that reached a workflow. */
    public @Nullable Command lastCommand(String workflowId) {
        return control.lastCommand(workflowId);
    }

    /** From now on it rejects commands other than starts for this workflow. */
    public void refuse(String workflowId, String reason) {
        control.refuse(workflowId, reason);
    }

    /** Adds an entry to a workflow's history. */
    public void addHistory(String workflowId, long atMs, HistoryFact... facts) {
        control.addHistory(workflowId, atMs, facts);
    }

    /** Sets a value as a workflow would. */
    public void setValue(String workflowId, String key, Payload value) {
        control.setValue(workflowId, key, value);
    }

    void reject(String reason) {
        rejection = reason;
    }

    int waiting() {
        return waiting.get();
    }

    /** The conditions of the last list or count that was asked for. */
    public @Nullable WorkflowConditions lastConditions() {
        return listing.lastConditions();
    }

    /** A JSON payload. */
    public static Payload json(String text) {
        return new Payload("json", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public int partitionOf(String workflowId) {
        return 0;
    }

    @Override
    public CompletableFuture<CommandReply> send(String workflowId, Command command, Duration timeout) {
        if (silent) {
            return unavailable();
        }
        if (command.getSetQueue() != null) {
            return CompletableFuture.completedFuture(queues.set(workflowId, command));
        }
        if (command.getStart() == null) {
            return CompletableFuture.completedFuture(control.answer(workflowId, command));
        }
        String holder = holder(command.getStart());
        if (holder != null) {
            return CompletableFuture.completedFuture(deduplicated(workflowId, command, holder));
        }
        boolean existing = false;
        if (rejection == null) {
            WorkflowState made = state(workflowId, command);
            existing = workflows.putIfAbsent(workflowId, made) != null;
            starts.putIfAbsent(workflowId, command.getStart());
            starters.putIfAbsent(workflowId, command.getIssuer());
            if (!existing) {
                statuses.add(made);
            }
        }
        return CompletableFuture.completedFuture(CommandReply.newBuilder()
                .setCommandId(command.getCommandId())
                .setWorkflowId(workflowId)
                .setOutcome(rejection == null ? CommandOutcome.ACCEPTED : CommandOutcome.REJECTED)
                .setReason(rejection)
                .setExisting(existing)
                .setStatus(WorkflowStatus.ENQUEUED)
                .setAtMs(0)
                .build());
    }

    /** Who holds the start's deduplication id. */
    private @Nullable String holder(Start start) {
        return workflows.values().stream()
                .filter(other -> start.getDeduplicationId() != null
                        && start.getDeduplicationId().equals(other.getDeduplicationId())
                        && !WorkflowStatuses.isClosed(other.getStatus()))
                .map(WorkflowState::getWorkflowId)
                .findFirst()
                .orElse(null);
    }

    private static CommandReply deduplicated(String workflowId, Command command, String holder) {
        boolean existing = command.getStart().getDeduplicationPolicy() == DeduplicationPolicy.RETURN_EXISTING;
        return CommandReply.newBuilder()
                .setCommandId(command.getCommandId())
                .setWorkflowId(existing ? holder : workflowId)
                .setOutcome(existing ? CommandOutcome.ACCEPTED : CommandOutcome.REJECTED)
                .setReason("workflow " + holder + " holds its deduplication id")
                .setDeduplicationHolder(holder)
                .setExisting(existing)
                .setStatus(WorkflowStatus.ENQUEUED)
                .setAtMs(0)
                .build();
    }

    private static WorkflowState state(String workflowId, Command command) {
        Start start = command.getStart();
        return WorkflowState.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowType(start.getWorkflowType())
                .setStatus(WorkflowStatus.ENQUEUED)
                .setWaitingFor("a worker for queue " + start.getQueue())
                .setQueue(start.getQueue())
                .setApplicationVersion(start.getApplicationVersion())
                .setAttributes(start.getAttributes())
                .setTimeoutMs(start.getTimeoutMs())
                .setPriority(start.getPriority())
                .setDeduplicationId(start.getDeduplicationId())
                .setPartitionKey(start.getPartitionKey())
                .setCreatedAtMs(1_767_225_600_000L)
                .setUpdatedAtMs(1_767_225_600_500L)
                .build();
    }

    @Override
    public CompletableFuture<Answer> ask(int partition, Query query, Duration timeout) {
        if (!answersQueries) {
            return unavailable();
        }
        Answer.Builder answer = Answer.newBuilder().setQueryId("q").setPartition(0);
        if (query.getGetWorkflow() != null) {
            String id = query.getGetWorkflow().getWorkflowId();
            Start start = starts.get(id);
            answer.setWorkflow(new WorkflowAnswer(workflows.get(id), start == null ? null : start.getInput()));
        } else if (query.getGetSteps() != null) {
            answer.setSteps(steps(
                    query.getGetSteps().getWorkflowId(),
                    query.getGetSteps().getFromSeq(),
                    query.getGetSteps().getLimit()));
        } else if (query.getGetHistory() != null) {
            answer.setHistory(control.history(query.getGetHistory()));
        } else if (query.getGetValue() != null) {
            answer.setValue(control.value(query.getGetValue()));
        } else if (query.getListForks() != null) {
            answer.setForks(control.forks(query.getListForks()));
        } else if (query.getGetQueues() != null) {
            answer.setQueues(queues.statistics(query.getGetQueues()));
        } else if (query.getListQueue() != null) {
            answer.setQueueList(queues.list(query.getListQueue()));
        } else {
            listing.answer(query, answer);
        }
        return CompletableFuture.completedFuture(answer.build());
    }

    private StepsAnswer steps(String workflowId, int fromSeq, int limit) {
        List<RecordedStep> all = steps.getOrDefault(workflowId, List.of());
        int from = Math.min(fromSeq - 1, all.size());
        int to = Math.min(from + limit, all.size());
        return new StepsAnswer(
                workflows.containsKey(workflowId),
                all.subList(from, to),
                to < all.size() ? Integer.valueOf(to + 1) : null);
    }

    @Override
    public CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout) {
        WorkflowState state = workflows.get(workflowId);
        if (state == null) {
            return CompletableFuture.failedFuture(new WorkflowNotFoundException(workflowId));
        }
        if (WorkflowStatuses.isClosed(state.getStatus())) {
            return CompletableFuture.completedFuture(state);
        }
        waiting.incrementAndGet();
        CompletableFuture<WorkflowState> wait = ends.computeIfAbsent(workflowId, id -> new CompletableFuture<>())
                .copy();
        wait.whenComplete((ended, error) -> waiting.decrementAndGet());
        CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> wait.completeExceptionally(new WorkflowStillOpenException(workflowId, timeout)));
        return wait;
    }

    @Override
    public CompletableFuture<StatusFollowing> follow(
            Optional<StatusPosition> after, StatusSink sink, Duration timeout) {
        return silent ? unavailable() : statuses.follow(after, sink);
    }

    @Override
    public CompletableFuture<List<SeenWorker>> workers(Duration timeout) {
        return silent ? unavailable() : CompletableFuture.completedFuture(List.copyOf(workers));
    }

    private static <T> CompletableFuture<T> unavailable() {
        return CompletableFuture.failedFuture(
                new EngineUnavailableException("no engine answered: check that one runs", null));
    }

    @Override
    public void close() {}
}
