package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.client.EnqueuedPage;
import io.millrace.client.EnqueuedQuery;
import io.millrace.client.MillraceClient;
import io.millrace.client.QueueDescription;
import io.millrace.client.QueueOptions;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** What the API does under {@code /queues}. All of it is asynchronous: a request that waits holds no thread. */
final class QueueRoutes implements Routes {
    private final MillraceClient client;
    private final int maxBodyBytes;

    QueueRoutes(MillraceClient client, int maxBodyBytes) {
        this.client = client;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ApiServer.PREFIX + "/queues", this::list, Role.VIEWER);
        routes.get(ApiServer.PREFIX + "/queues/{queue}", this::get, Role.VIEWER);
        routes.put(ApiServer.PREFIX + "/queues/{queue}", this::set, Role.ADMIN);
        routes.get(ApiServer.PREFIX + "/queues/{queue}/workflows", this::workflows, Role.VIEWER);
    }

    void list(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap());
        ctx.future(() -> client.queuesAsync().thenAccept(queues -> answer(ctx, QueueJson.queues(queues))));
    }

    void get(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap());
        String queue = ctx.pathParam("queue");
        ctx.future(() -> find(queue).thenAccept(found -> answer(ctx, QueueJson.queue(found))));
    }

    void set(Context ctx) throws IOException {
        Parameters.allowOnly(ctx.queryParamMap());
        String queue = ctx.pathParam("queue");
        QueueOptions options = QueueRequest.parse(RequestBody.read(ctx, maxBodyBytes));
        MillraceClient caller = Caller.of(ctx, client);
        ctx.future(() -> Parameters.checked("queue", () -> caller.setQueueAsync(queue, options))
                .thenCompose(accepted -> find(queue))
                .thenAccept(now -> answer(ctx, QueueJson.queue(now))));
    }

    void workflows(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap(), "limit", "cursor", "partitionKey");
        String queue = ctx.pathParam("queue");
        EnqueuedQuery query = query(ctx);
        ctx.future(() -> Parameters.checked("cursor", () -> client.enqueuedAsync(queue, query))
                .thenCompose(page -> knownToBe(queue, page))
                .thenAccept(page -> answer(ctx, QueueJson.enqueued(page))));
    }

    private static EnqueuedQuery query(Context ctx) {
        EnqueuedQuery query = EnqueuedQuery.all();
        query = with(query, ctx, "limit", (all, text) -> all.limit(Parameters.integer("limit", text)));
        query = with(query, ctx, "partitionKey", EnqueuedQuery::partitionKey);
        return with(query, ctx, "cursor", EnqueuedQuery::after);
    }

    private static EnqueuedQuery with(
            EnqueuedQuery query,
            Context ctx,
            String parameter,
            BiFunction<EnqueuedQuery, String, EnqueuedQuery> setter) {
        String text = ctx.queryParam(parameter);
        return text == null ? query : Parameters.checked(parameter, () -> setter.apply(query, text));
    }

    /** Nothing waits on a queue that is not there: a misspelled name must not look like a queue that is empty. */
    private CompletableFuture<EnqueuedPage> knownToBe(String queue, EnqueuedPage page) {
        return page.workflows().isEmpty()
                ? find(queue).thenApply(found -> page)
                : CompletableFuture.completedFuture(page);
    }

    private CompletableFuture<QueueDescription> find(String queue) {
        return Parameters.checked("queue", () -> client.queueAsync(queue))
                .thenApply(found -> found.orElseThrow(() -> new ProblemException(Problems.unknownQueue(queue))));
    }

    private static void answer(Context ctx, byte[] json) {
        ctx.contentType(WorkflowRoutes.JSON).result(json);
    }
}
