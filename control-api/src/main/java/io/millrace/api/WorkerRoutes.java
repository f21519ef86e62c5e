package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.client.MillraceClient;

/** Who runs workflows. */
final class WorkerRoutes implements Routes {
    private final MillraceClient client;

    WorkerRoutes(MillraceClient client) {
        this.client = client;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ApiServer.PREFIX + "/workers", this::list, Role.VIEWER);
    }

    void list(Context ctx) {
        Parameters.allowOnly(ctx.queryParamMap());
        ctx.future(() -> client.workersAsync()
                .thenAccept(workers -> ctx.contentType(WorkflowRoutes.JSON).result(WorkerJson.workers(workers))));
    }
}
