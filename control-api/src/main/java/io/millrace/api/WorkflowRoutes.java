package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.client.EncodedPayload;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.StepPage;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.client.WorkflowStillOpenException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the API does under {@code /workflows}. All of it is asynchronous: a request that waits holds no thread. */
final class WorkflowRoutes implements Routes {
    /** Longer, and proxies and clients give up first, and nobody learns the outcome. */
    static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private static final int DEFAULT_STEPS = 200;
    private static final int MAX_STEPS = 1_000;
    static final String JSON = "application/json";

    private final MillraceClient client;
    private final int maxBodyBytes;

    WorkflowRoutes(MillraceClient client, int maxBodyBytes) {
        this.client = client;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(ApiServer.PREFIX + "/workflows", this::start, Role.OPERATOR);
        routes.get(ApiServer.PREFIX + "/workflows", this::list, Role.VIEWER);
        routes.get(ApiServer.PREFIX + "/workflows:count", this::count, Role.VIEWER);
        routes.get(ApiServer.PREFIX + "/workflows/{id}", this::get, Role.VIEWER);
        routes.get(ApiServer.PREFIX + "/workflows/{id}/steps", this::steps, Role.VIEWER);
        routes.get(ApiServer.PREFIX + "/workflows/{id}/result", this::result, Role.VIEWER);
    }

    void start(Context ctx) throws IOException {
        Parameters.allowOnly(ctx.queryParamMap());
        StartRequest request = StartRequest.parse(RequestBody.read(ctx, maxBodyBytes));
        TraceHeaders trace = TraceHeaders.of(ctx);
        StartOptions options = request.options().traceContext(trace.traceparent(), trace.tracestate());
        MillraceClient caller = Caller.of(ctx, client);
        ctx.future(() -> caller.startAsync(request.name(), request.input(), EncodedPayload.class, options)
                .thenCompose(handle ->
                        find(handle.workflowId()).thenAccept(workflow -> answerStart(ctx, handle, workflow))));
    }

    private static void answerStart(Context ctx, WorkflowHandle<?> handle, WorkflowDescription workflow) {
        ctx.status(handle.existing() ? 200 : 201)
                .header("Location", pathOf(handle.workflowId()))
                .contentType(JSON)
                .result(WorkflowJson.workflow(workflow));
    }

    /** Where a workflow is found; its id may hold any character. */
    static String pathOf(String workflowId) {
        String encodedId = URLEncoder.encode(workflowId, StandardCharsets.UTF_8).replace("+", "%20");
        return ApiServer.PREFIX + "/workflows/" + encodedId;
    }

    void list(Context ctx) {
        var filter = Parameters.filter(ctx.queryParamMap());
        ctx.future(() -> client.listAsync(filter)
                .thenAccept(page -> ctx.contentType(JSON).result(WorkflowJson.page(page))));
    }

    void count(Context ctx) {
        var filter = Parameters.unpagedFilter(ctx.queryParamMap());
        ctx.future(() -> client.countAsync(filter)
                .thenAccept(counts -> ctx.contentType(JSON).result(WorkflowJson.counts(counts))));
    }

    void get(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap());
        ctx.future(() -> find(ctx.pathParam("id"))
                .thenAccept(workflow -> ctx.contentType(JSON).result(WorkflowJson.workflow(workflow))));
    }

    void steps(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap(), "limit", "cursor");
        int limit = (int) Parameters.between("limit", ctx.queryParam("limit"), DEFAULT_STEPS, MAX_STEPS);
        int fromSeq = (int) Parameters.between("cursor", ctx.queryParam("cursor"), 1, Integer.MAX_VALUE);
        CompletableFuture<StepPage> page = client.stepsAsync(ctx.pathParam("id"), fromSeq, limit);
        ctx.future(() -> page.thenAccept(steps -> ctx.contentType(JSON).result(WorkflowJson.steps(steps))));
    }

    void result(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap(), "wait");
        String workflowId = ctx.pathParam("id");
        Duration wait = wait(ctx.queryParam("wait"));
        ctx.future(() -> wait.isZero() ? present(ctx, workflowId) : ended(ctx, workflowId, wait));
    }

    static Duration wait(@Nullable String text) {
        Duration wait = text == null ? Duration.ZERO : Parameters.duration("wait", text);
        if (wait.isNegative() || wait.compareTo(MAX_WAIT) > 0) {
            throw new ProblemException(Problem.badField("wait", "wait must be PT0S to " + MAX_WAIT + ", not " + wait));
        }
        return wait;
    }

    private CompletableFuture<Void> ended(Context ctx, String workflowId, Duration wait) {
        return client.workflow(workflowId, EncodedPayload.class)
                .resultAsync(wait)
                .thenAccept(output -> ctx.contentType(JSON).result(WorkflowJson.result(workflowId, output)))
                .exceptionallyCompose(
                        error -> isStillOpen(error) ? present(ctx, workflowId) : CompletableFuture.failedFuture(error));
    }

    private static boolean isStillOpen(Throwable error) {
        return error instanceof WorkflowStillOpenException
                || (error instanceof CompletionException && error.getCause() instanceof WorkflowStillOpenException);
    }

    private CompletableFuture<Void> present(Context ctx, String workflowId) {
        return find(workflowId).thenAccept(workflow -> {
            byte[] body = workflow.isClosed()
                    ? WorkflowJson.result(workflowId, workflow.result().orElse(null))
                    : WorkflowJson.stillOpen(workflow);
            ctx.status(workflow.isClosed() ? 200 : 202).contentType(JSON).result(body);
        });
    }

    private CompletableFuture<WorkflowDescription> find(String workflowId) {
        return client.describeAsync(workflowId)
                .thenApply((Optional<WorkflowDescription> found) ->
                        found.orElseThrow(() -> new WorkflowNotFoundException(workflowId)));
    }
}
