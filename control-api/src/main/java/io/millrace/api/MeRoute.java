package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.api.access.AccessGate;
import io.millrace.api.access.Principal;

/** {@code GET /me}: who the server takes the caller for, and what they may do. */
final class MeRoute implements Routes {
    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ApiServer.PREFIX + "/me", MeRoute::answer, Role.VIEWER);
    }

    private static void answer(Context ctx) {
        Principal me = AccessGate.principal(ctx);
        ctx.contentType(WorkflowRoutes.JSON).result(Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", me.name());
            json.writeStringField("role", me.role().name());
            json.writeStringField("authentication", me.authentication().word());
            json.writeEndObject();
        }));
    }
}
