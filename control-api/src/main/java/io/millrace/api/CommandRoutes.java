package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.client.CommandOptions;
import io.millrace.client.CommandResult;
import io.millrace.client.EncodedPayload;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.MessageOptions;
import io.millrace.client.MillraceClient;
import io.millrace.client.MoveOptions;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The commands to one workflow, under {@code /workflows/{id}}. All of it is asynchronous: a request waits for the engine's
 * decision, and holds no thread meanwhile.
 */
final class CommandRoutes implements Routes {
    private static final String DEFAULT_TOPIC = "default";

    private final MillraceClient client;
    private final int maxBodyBytes;

    CommandRoutes(MillraceClient client, int maxBodyBytes) {
        this.client = client;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(ApiServer.PREFIX + "/workflows/{id}/cancel", this::cancel, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/terminate", this::terminate, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/pause", this::pause, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/unpause", this::unpause, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/resume", this::resume, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/rewind", this::rewind, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/fork", this::fork, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/priority", this::setPriority, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/move", this::move, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows/{id}/messages", this::send, Role.OPERATOR);
    }

    void cancel(Context ctx) throws IOException {
        StopOptions options = CommandRequests.stop(body(ctx, "a cancel", CommandRequests.STOP));
        answer(ctx, workflow(ctx).cancelAsync(options));
    }

    void terminate(Context ctx) throws IOException {
        StopOptions options = CommandRequests.stop(body(ctx, "a terminate", CommandRequests.STOP));
        answer(ctx, workflow(ctx).terminateAsync(options));
    }

    void pause(Context ctx) throws IOException {
        CommandOptions options = CommandRequests.command(body(ctx, "a pause", CommandRequests.COMMAND));
        answer(ctx, workflow(ctx).pauseAsync(options));
    }

    void unpause(Context ctx) throws IOException {
        CommandOptions options = CommandRequests.command(body(ctx, "an unpause", CommandRequests.COMMAND));
        answer(ctx, workflow(ctx).unpauseAsync(options));
    }

    void resume(Context ctx) throws IOException {
        ResumeOptions options = CommandRequests.resume(body(ctx, "a resume", CommandRequests.RESUME));
        answer(ctx, workflow(ctx).resumeAsync(options));
    }

    void rewind(Context ctx) throws IOException {
        BodyFields fields = body(ctx, "a rewind", CommandRequests.REWIND);
        FromStep from = CommandRequests.from(fields);
        answer(ctx, workflow(ctx).rewindAsync(from, CommandRequests.command(fields)));
    }

    void setPriority(Context ctx) throws IOException {
        BodyFields fields = body(ctx, "a change of priority", CommandRequests.PRIORITY);
        int priority = CommandRequests.priority(fields);
        CommandOptions options = CommandRequests.command(fields);
        answer(ctx, workflow(ctx).setPriorityAsync(priority, options));
    }

    void move(Context ctx) throws IOException {
        BodyFields fields = body(ctx, "a move", CommandRequests.MOVE);
        String queue = CommandRequests.queue(fields);
        MoveOptions options = CommandRequests.move(fields);
        answer(ctx, workflow(ctx).moveToQueueAsync(queue, options));
    }

    void send(Context ctx) throws IOException {
        BodyFields fields = body(ctx, "a message", CommandRequests.MESSAGE);
        if (!fields.has("payload")) {
            throw new ProblemException(
                    Problem.badField("payload", "payload must be given: what the message says, which may be null"));
        }
        EncodedPayload given = fields.value("payload");
        EncodedPayload payload = given == null ? EncodedPayload.json("null") : given;
        String text = fields.text("topic");
        String topic = text == null ? DEFAULT_TOPIC : text;
        MessageOptions options = CommandRequests.message(fields);
        answer(ctx, Parameters.checked("topic", () -> workflow(ctx).sendAsync(topic, payload, options)));
    }

    void fork(Context ctx) throws IOException {
        BodyFields fields = body(ctx, "a fork", CommandRequests.FORK);
        String given = fields.text("commandId");
        // Made here where it is not given, because it is part of the answer.
        String commandId = given == null ? UUID.randomUUID().toString() : given;
        ForkOptions asked = CommandRequests.fork(CommandRequests.from(fields), fields);
        TraceHeaders trace = TraceHeaders.of(ctx);
        ForkOptions options = Parameters.checked("commandId", () -> asked.commandId(commandId))
                .traceContext(trace.traceparent(), trace.tracestate());
        String source = ctx.pathParam("id");
        ctx.future(() -> workflow(ctx)
                .forkAsync(options)
                .thenCompose(fork -> describe(fork.workflowId())
                        .exceptionallyCompose(error ->
                                CompletableFuture.failedFuture(made(commandId, fork.workflowId(), Problems.of(error)))))
                .thenAccept(fork -> ctx.status(201)
                        .header("Location", WorkflowRoutes.pathOf(fork.workflowId()))
                        .contentType(WorkflowRoutes.JSON)
                        .result(CommandJson.forked(source, commandId, fork))));
    }

    /** Whoever is not told that the fork is there would make another one. */
    private static ProblemException made(String commandId, String forkId, Problem cause) {
        String detail = "the fork \"" + forkId + "\" was made, but then: " + cause.detail();
        return new ProblemException(new Problem(cause.status(), detail, cause.members())
                .with("commandId", commandId)
                .with("forkWorkflowId", forkId));
    }

    private BodyFields body(Context ctx, String what, Map<String, FieldKind> known) throws IOException {
        Parameters.allowOnly(ctx.queryParamMap());
        return BodyFields.parse(RequestBody.read(ctx, maxBodyBytes), what, known);
    }

    private WorkflowHandle<EncodedPayload> workflow(Context ctx) {
        String workflowId = ctx.pathParam("id");
        if (workflowId.isBlank()) {
            throw new WorkflowNotFoundException(workflowId);
        }
        return Caller.of(ctx, client).workflow(workflowId, EncodedPayload.class);
    }

    private static void answer(Context ctx, CompletableFuture<CommandResult> result) {
        ctx.future(() -> result.thenAccept(
                accepted -> ctx.status(202).contentType(WorkflowRoutes.JSON).result(CommandJson.accepted(accepted))));
    }

    private CompletableFuture<WorkflowDescription> describe(String workflowId) {
        return client.describeAsync(workflowId)
                .thenApply(found -> found.orElseThrow(() -> new WorkflowNotFoundException(workflowId)));
    }
}
