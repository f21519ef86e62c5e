package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** Whether this process lives, and whether it can be used. */
final class HealthRoutes implements Routes {
    private final Supplier<Readiness> readiness;

    HealthRoutes(Supplier<Readiness> readiness) {
        this.readiness = readiness;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> answer(ctx, "live"), Role.ANYONE);
        routes.get("/health/ready", this::ready, Role.ANYONE);
    }

    private void ready(Context ctx) {
        Readiness now = readiness.get();
        if (!now.ready()) {
            throw new ProblemException(Problem.unavailable("not ready yet: " + now.detail()));
        }
        answer(ctx, "ready");
    }

    private static void answer(Context ctx, String state) {
        ctx.contentType(WorkflowRoutes.JSON).result("{\"status\":\"" + state + "\"}");
    }
}
