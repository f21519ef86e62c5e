package io.millrace.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.millrace.api.ConsoleFiles.ConsoleFile;

/**
 * The web console: its page at {@code /}, and under {@code /console/} what the page loads. The files say nothing of workflows, so
 * whoever has not signed in yet may have them too.
 */
final class ConsoleRoutes implements Routes {
    /** Browsers ask each time whether a file has changed, so that the console is never older than the server. */
    private static final String CACHE = "no-cache";

    private final ConsoleFiles files;

    ConsoleRoutes(ConsoleFiles files) {
        this.files = files;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/", ctx -> serve(ctx, ConsoleFiles.INDEX), Role.ANYONE);
        routes.get("/console/<file>", ctx -> serve(ctx, ctx.pathParam("file")), Role.ANYONE);
    }

    private void serve(Context ctx, String name) {
        ConsoleFile file = files.find(name)
                .orElseThrow(() -> new ProblemException(Problem.of(404, "the console has no file " + ctx.path())));
        ctx.header("ETag", file.etag()).header("Cache-Control", CACHE);
        if (file.etag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            ctx.contentType(file.contentType()).result(file.content());
        }
    }
}
