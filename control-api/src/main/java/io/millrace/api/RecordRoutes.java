package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.client.EncodedPayload;
import io.millrace.client.ForkPage;
import io.millrace.client.HistoryPage;
import io.millrace.client.MillraceClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is on record of one workflow beside its steps: its history, the values that it set, its forks. */
final class RecordRoutes implements Routes {
    private static final int DEFAULT_PAGE = 200;
    private static final int MAX_PAGE = 1_000;

    private final MillraceClient client;

    RecordRoutes(MillraceClient client) {
        this.client = client;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ApiServer.PREFIX + "/workflows/{id}/history", this::history, Role.VIEWER);
        routes.get(ApiServer.PREFIX + "/workflows/{id}/values/{key}", this::value, Role.VIEWER);
        routes.get(ApiServer.PREFIX + "/workflows/{id}/forks", this::forks, Role.VIEWER);
    }

    void history(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap(), "from", "limit");
        long from = Parameters.between("from", ctx.queryParam("from"), 1, Long.MAX_VALUE);
        CompletableFuture<HistoryPage> page = client.historyAsync(ctx.pathParam("id"), from, limit(ctx));
        ctx.future(() -> page.thenAccept(events -> answer(ctx, HistoryJson.page(events))));
    }

    void forks(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap(), "cursor", "limit");
        int limit = limit(ctx);
        Optional<String> cursor = Optional.ofNullable(ctx.queryParam("cursor"));
        CompletableFuture<ForkPage> page =
                Parameters.checked("cursor", () -> client.forksAsync(ctx.pathParam("id"), cursor, limit));
        ctx.future(() -> page.thenAccept(forks -> answer(ctx, CommandJson.forks(forks))));
    }

    void value(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap(), "wait");
        String workflowId = ctx.pathParam("id");
        String key = ctx.pathParam("key");
        Duration wait = WorkflowRoutes.wait(ctx.queryParam("wait"));
        ctx.future(() -> Parameters.checked(
                        "key",
                        () -> client.workflow(workflowId, EncodedPayload.class)
                                .valueAsync(key, EncodedPayload.class, wait))
                .thenAccept(value -> answer(
                        ctx,
                        CommandJson.value(
                                key, value.orElseThrow(() -> new ProblemException(notSet(workflowId, key)))))));
    }

    private static Problem notSet(String workflowId, String key) {
        return Problem.of(404, "workflow \"" + workflowId + "\" has not set \"" + key + "\"")
                .with("workflowId", workflowId)
                .with("key", key);
    }

    private static int limit(Context ctx) {
        return (int) Parameters.between("limit", ctx.queryParam("limit"), DEFAULT_PAGE, MAX_PAGE);
    }

    private static void answer(Context ctx, byte[] json) {
        ctx.contentType(WorkflowRoutes.JSON).result(json);
    }
}
