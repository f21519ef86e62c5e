package io.millrace.client;

import io.millrace.client.internal.GeneratedId;
import io.millrace.schemas.Fork;
import io.millrace.schemas.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One command for many workflows. Each of them is commanded by itself: what becomes of one does not touch the others, and the report says
 * what became of each, also of those that are not there and those for which no answer came. All workflows are found before the first one is
 * commanded. Immutable: the settings return changed copies. Thread-safe.
 *
 * <p>A run may be repeated, on the same object or with options of the same {@code commandId}, to reach those for which no answer came: the
 * commands' ids are derived from that id (random for each object unless given) and the workflows' ids, so all others only answer once
 * more. Whoever means new commands makes a new object.
 *
 * <pre>{@code
 * BulkCommand failed = client.bulk(WorkflowFilter.all().type("checkout").status(WorkflowStatus.FAILED)).perSecond(20);
 * if (failed.dryRun() < 1_000) {
 *     failed.fork(ForkOptions.from(FromStep.lastFailure()).applicationVersion("1.4.1")).rejected().forEach(this::show);
 * }
 * }</pre>
 */
public final class BulkCommand {
    /** How many commands a second are sent unless another rate is set: what a busy engine does not notice. */
    public static final int DEFAULT_PER_SECOND = 100;

    /** The highest rate. */
    public static final int MAX_PER_SECOND = 10_000;

    /** How many workflows there may be unless another limit is set: more are more likely a wrong filter. */
    public static final int DEFAULT_LIMIT = 10_000;

    private final MillraceClient client;
    private final BulkSelection selection;
    private final Settings settings;

    private record Settings(
            String id, int perSecond, int limit, @Nullable Consumer<BulkItem> listener) {}

    BulkCommand(MillraceClient client, BulkSelection selection) {
        this(client, selection, new Settings(GeneratedId.next(), DEFAULT_PER_SECOND, DEFAULT_LIMIT, null));
    }

    private BulkCommand(MillraceClient client, BulkSelection selection, Settings settings) {
        this.client = client;
        this.selection = selection;
        this.settings = settings;
    }

    /** How many workflows are commanded in a second at most: 1 to {@link #MAX_PER_SECOND}. */
    public BulkCommand perSecond(int rate) {
        if (rate < 1 || rate > MAX_PER_SECOND) {
            throw new IllegalArgumentException("perSecond must be 1 to " + MAX_PER_SECOND + ", not " + rate);
        }
        return with(new Settings(settings.id, rate, settings.limit, settings.listener));
    }

    /** How many workflows there may be, from 1. If there are more, nothing is sent and a {@link LimitExceededException} thrown. */
    public BulkCommand limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
        return with(new Settings(settings.id, settings.perSecond, limit, settings.listener));
    }

    /** Told of each outcome as it comes, one at a time, in any order, on the callback executor. The report waits for it. */
    public BulkCommand onProgress(Consumer<BulkItem> listener) {
        return with(new Settings(settings.id, settings.perSecond, settings.limit, listener));
    }

    /**
     * How many workflows would be commanded now. Sends no commands.
     *
     * @throws LimitExceededException if there are more than the limit
     */
    public long dryRun() {
        return Futures.await(count());
    }

    /** As {@link #dryRun}, without a thread that waits. */
    public CompletableFuture<Long> dryRunAsync() {
        return client.onCallbackThread(count(), Function.identity());
    }

    /** Cancels them; as {@link WorkflowHandle#cancel(StopOptions)}. */
    public BulkReport cancel(StopOptions options) {
        return Futures.await(run(options.command(), id -> ControlCommand.cancel(options)));
    }

    /** As {@link #cancel}, without a thread that waits. Cancelling the future ends the sending of further commands. */
    public CompletableFuture<BulkReport> cancelAsync(StopOptions options) {
        return client.onCallbackThread(
                run(options.command(), id -> ControlCommand.cancel(options)), Function.identity());
    }

    /** Terminates them; as {@link WorkflowHandle#terminate(StopOptions)}. */
    public BulkReport terminate(StopOptions options) {
        return Futures.await(run(options.command(), id -> ControlCommand.terminate(options)));
    }

    /** As {@link #terminate}, without a thread that waits. Cancelling the future ends the sending of further commands. */
    public CompletableFuture<BulkReport> terminateAsync(StopOptions options) {
        return client.onCallbackThread(
                run(options.command(), id -> ControlCommand.terminate(options)), Function.identity());
    }

    /** Resumes them; as {@link WorkflowHandle#resume(ResumeOptions)}. */
    public BulkReport resume(ResumeOptions options) {
        return Futures.await(run(options.command(), id -> ControlCommand.resume(options)));
    }

    /** As {@link #resume}, without a thread that waits. Cancelling the future ends the sending of further commands. */
    public CompletableFuture<BulkReport> resumeAsync(ResumeOptions options) {
        return client.onCallbackThread(
                run(options.command(), id -> ControlCommand.resume(options)), Function.identity());
    }

    /** Gives them another priority; as {@link WorkflowHandle#setPriority(int, CommandOptions)}. */
    public BulkReport setPriority(int priority, CommandOptions options) {
        StartOptions.checkPriority(priority);
        return Futures.await(run(options, id -> ControlCommand.setPriority(priority, options)));
    }

    /** As {@link #setPriority}, without a thread that waits. Cancelling the future ends the sending of further commands. */
    public CompletableFuture<BulkReport> setPriorityAsync(int priority, CommandOptions options) {
        StartOptions.checkPriority(priority);
        return client.onCallbackThread(
                run(options, id -> ControlCommand.setPriority(priority, options)), Function.identity());
    }

    /** Takes them to another queue; as {@link WorkflowHandle#moveToQueue(String, MoveOptions)}. */
    public BulkReport moveToQueue(String queue, MoveOptions options) {
        return Futures.await(runMove(queue, options));
    }

    /** As {@link #moveToQueue}, without a thread that waits. Cancelling the future ends the sending of further commands. */
    public CompletableFuture<BulkReport> moveToQueueAsync(String queue, MoveOptions options) {
        return client.onCallbackThread(runMove(queue, options), Function.identity());
    }

    /** Forks each from its last failure; as {@link #fork(ForkOptions)}. */
    public BulkReport fork() {
        return fork(ForkOptions.from(FromStep.lastFailure()));
    }

    /**
     * Forks each of them under an id of its own; as {@link WorkflowHandle#fork}.
     *
     * @throws IllegalArgumentException if the options name the id of the copy
     */
    public BulkReport fork(ForkOptions options) {
        return Futures.await(runFork(options));
    }

    /** As {@link #fork}, without a thread that waits. Cancelling the future ends the sending of further commands. */
    public CompletableFuture<BulkReport> forkAsync(ForkOptions options) {
        return client.onCallbackThread(runFork(options), Function.identity());
    }

    private CompletableFuture<Long> count() {
        CompletableFuture<List<String>> ids = selection.ids(settings.limit);
        return Futures.cancelling(ids, ids.thenApply(found -> (long) found.size()));
    }

    private CompletableFuture<BulkReport> runMove(String queue, MoveOptions options) {
        StartOptions.checkName("queue", queue, Limits.MAX_NAME_CHARS);
        return run(options.command(), id -> ControlCommand.moveToQueue(queue, options));
    }

    private CompletableFuture<BulkReport> runFork(ForkOptions options) {
        if (options.workflowId().isPresent()) {
            throw new IllegalArgumentException("many forks cannot have one workflowId: leave it out");
        }
        Fork fork = options.toFork(client.payloads());
        String id = baseId(options.command());
        return run(
                options.command(),
                source -> ControlCommand.fork(
                        ForkOptions.copyUnder(derivedId("forked workflow", id, source), fork), options.command()));
    }

    private CompletableFuture<BulkReport> run(CommandOptions options, Function<String, ControlCommand> commandFor) {
        String id = baseId(options);
        BulkProgress progress = new BulkProgress(settings.listener, client.callbacks());
        CompletableFuture<List<String>> selected = selection.ids(settings.limit);
        CompletableFuture<BulkReport> report = new CompletableFuture<>();
        selected.thenCompose(workflowIds -> {
                    BulkRun run = new BulkRun(
                            workflowIds,
                            new BulkPace(settings.perSecond, client.timing()),
                            workflowId -> command(id, workflowId, commandFor),
                            progress::onItem);
                    Futures.cancelling(run.result(), report);
                    return run.start();
                })
                .thenCompose(items -> progress.told().handle((told, notTold) -> new BulkReport(items)))
                .whenComplete((done, error) -> Futures.complete(report, done, error));
        return Futures.cancelling(selected, report);
    }

    private CompletableFuture<BulkItem> command(
            String id, String workflowId, Function<String, ControlCommand> commandFor) {
        return Futures.attempt(() -> {
                    ControlCommand command = commandFor.apply(workflowId);
                    return client.commands().send(workflowId, command.under(derivedId(command.name(), id, workflowId)));
                })
                .handle((reply, error) -> error == null
                        ? BulkItem.accepted(workflowId, reply)
                        : BulkItem.notAccepted(workflowId, Futures.cause(error)));
    }

    private String baseId(CommandOptions options) {
        return options.commandId().orElse(settings.id);
    }

    /** The same for the same bulk command and workflow, and as unique as the bulk command's own id. */
    private static String derivedId(String what, String id, String workflowId) {
        String name = what + " " + id.length() + " " + id + " " + workflowId;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private BulkCommand with(Settings changed) {
        return new BulkCommand(client, selection, changed);
    }
}
