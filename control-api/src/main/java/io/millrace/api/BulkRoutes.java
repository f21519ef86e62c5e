package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.client.BulkReport;
import io.millrace.client.CommandOptions;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.LimitExceededException;
import io.millrace.client.MillraceClient;
import io.millrace.client.MoveOptions;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StopOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The commands to many workflows at once, {@code /workflows:cancel} and the like. */
final class BulkRoutes implements Routes {
    private final MillraceClient client;
    private final int maxBodyBytes;

    BulkRoutes(MillraceClient client, int maxBodyBytes) {
        this.client = client;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(ApiServer.PREFIX + "/workflows:cancel", this::cancel, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows:terminate", this::terminate, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows:resume", this::resume, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows:fork", this::fork, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows:priority", this::setPriority, Role.OPERATOR);
        routes.post(ApiServer.PREFIX + "/workflows:move", this::move, Role.OPERATOR);
    }

    void cancel(Context ctx) throws IOException {
        BulkRequest request = read(ctx, BulkRequest.STOP);
        StopOptions options = CommandRequests.stop(request.fields());
        run(ctx, request, () -> request.bulk().cancelAsync(options));
    }

    void terminate(Context ctx) throws IOException {
        BulkRequest request = read(ctx, BulkRequest.STOP);
        StopOptions options = CommandRequests.stop(request.fields());
        run(ctx, request, () -> request.bulk().terminateAsync(options));
    }

    void resume(Context ctx) throws IOException {
        BulkRequest request = read(ctx, BulkRequest.RESUME);
        ResumeOptions options = CommandRequests.resume(request.fields());
        run(ctx, request, () -> request.bulk().resumeAsync(options));
    }

    void setPriority(Context ctx) throws IOException {
        BulkRequest request = read(ctx, BulkRequest.PRIORITY);
        int priority = CommandRequests.priority(request.fields());
        CommandOptions options = CommandRequests.command(request.fields());
        run(ctx, request, () -> request.bulk().setPriorityAsync(priority, options));
    }

    void move(Context ctx) throws IOException {
        BulkRequest request = read(ctx, BulkRequest.MOVE);
        String queue = CommandRequests.queue(request.fields());
        MoveOptions options = CommandRequests.move(request.fields());
        run(ctx, request, () -> request.bulk().moveToQueueAsync(queue, options));
    }

    void fork(Context ctx) throws IOException {
        BulkRequest request = read(ctx, BulkRequest.FORK);
        String point = request.fields().text("from");
        FromStep from = point == null ? FromStep.lastFailure() : CommandRequests.point(point);
        ForkOptions options = CommandRequests.fork(from, request.fields());
        run(ctx, request, () -> request.bulk().forkAsync(options));
    }

    private BulkRequest read(Context ctx, Map<String, FieldKind> known) throws IOException {
        return BulkRequest.read(ctx, Caller.of(ctx, client), maxBodyBytes, known);
    }

    private static void run(Context ctx, BulkRequest request, Supplier<CompletableFuture<BulkReport>> command) {
        ctx.future(() -> (request.dryRun()
                        ? request.bulk().dryRunAsync().thenAccept(matched -> answer(ctx, CommandJson.matched(matched)))
                        : command.get().thenAccept(report -> answer(ctx, CommandJson.report(report))))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(inRequestsTerms(error))));
    }

    /** What has a limit of the request's own is the number of workflows. */
    private static Throwable inRequestsTerms(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof LimitExceededException over
                ? new ProblemException(Problem.tooLarge(
                        "limit",
                        over.size(),
                        over.limit(),
                        over.getMessage() + "; nothing was done: narrow the filter, or raise limit"))
                : cause;
    }

    private static void answer(Context ctx, byte[] json) {
        ctx.contentType(WorkflowRoutes.JSON).result(json);
    }
}
