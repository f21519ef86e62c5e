package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Whether this process lives, and whether it can be used. */
final class HealthRoutes implements Routes {
    private final Operations operations;

    HealthRoutes(Operations operations) {
        this.operations = operations;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", this::live, Role.ANYONE);
        routes.get("/health/ready", this::ready, Role.ANYONE);
    }

    private void live(Context ctx) {
        Readiness now = operations.live().get();
        if (!now.ready()) {
            throw new ProblemException(Problem.unavailable("not live, to be restarted: " + now.detail()));
        }
        answer(ctx, "live");
    }

    private void ready(Context ctx) {
        Readiness now = operations.ready().get();
        if (!now.ready()) {
            throw new ProblemException(Problem.unavailable("not ready yet: " + now.detail()));
        }
        answer(ctx, "ready");
    }

    private static void answer(Context ctx, String state) {
        ctx.contentType(WorkflowRoutes.JSON).result("{\"status\":\"" + state + "\"}");
    }
}
