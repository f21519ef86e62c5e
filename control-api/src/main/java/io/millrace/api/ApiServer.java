package io.millrace.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.millrace.client.MillraceClient;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;

/**
 * Serves the control API until it is closed. Requests that wait hold no thread.
 *
 * <pre>{@code
 * try (ApiServer api = ApiServer.start(ApiConfig.defaults(), client, Readiness::yes)) { ... }
 * }</pre>
 */
public final class ApiServer implements AutoCloseable {
    static final String PREFIX = "/api/v1";

    private final Javalin javalin;

    private ApiServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts to serve.
     *
     * @param client whose workflows; it is not closed with the server
     * @param readiness asked at each {@code GET /health/ready}; must not block
     * @throws IllegalStateException if the port cannot be listened on; the message says what to do
     */
    public static ApiServer start(ApiConfig config, MillraceClient client, Supplier<Readiness> readiness) {
        Javalin javalin = Javalin.create(settings -> {
            configure(settings, config);
            addWorkflowRoutes(settings, new WorkflowRoutes(client, config.maxBodyBytes()));
            addRecordRoutes(settings, new RecordRoutes(client));
            addCommandRoutes(settings, new CommandRoutes(client, config.maxBodyBytes()));
            addBulkRoutes(settings, new BulkRoutes(client, config.maxBodyBytes()));
            addQueueRoutes(settings, new QueueRoutes(client, config.maxBodyBytes()));
            settings.routes.get("/metrics", new MetricsRoute(client)::scrape);
            addHealthRoutes(settings, readiness);
            addErrors(settings);
        });
        try {
            return new ApiServer(javalin.start(config.host(), config.port()));
        } catch (JavalinBindException e) {
            throw new IllegalStateException(
                    "cannot listen on " + config.host() + ":" + config.port()
                            + ": another program has the port, or it is not allowed. Choose another one.",
                    e);
        }
    }

    private static void configure(JavalinConfig settings, ApiConfig config) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.http.prefer405over404 = true;
        // Bodies are read and bounded in RequestBody, which can say how large is too large.
        settings.http.maxRequestSize = Long.MAX_VALUE;
        // A workflow id may hold any character; in a path it is percent-encoded, slashes and all.
        settings.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.DEFAULT.with(
                "workflow ids",
                Violation.AMBIGUOUS_PATH_SEPARATOR,
                Violation.AMBIGUOUS_PATH_ENCODING,
                Violation.AMBIGUOUS_EMPTY_SEGMENT,
                Violation.SUSPICIOUS_PATH_CHARACTERS)));
        settings.jetty.modifyServer(server -> server.setErrorHandler(new ProblemErrorHandler()));
    }

    private static void addWorkflowRoutes(JavalinConfig settings, WorkflowRoutes workflows) {
        settings.routes.post(PREFIX + "/workflows", workflows::start);
        settings.routes.get(PREFIX + "/workflows", workflows::list);
        settings.routes.get(PREFIX + "/workflows/{id}", workflows::get);
        settings.routes.get(PREFIX + "/workflows/{id}/steps", workflows::steps);
        settings.routes.get(PREFIX + "/workflows/{id}/result", workflows::result);
    }

    private static void addRecordRoutes(JavalinConfig settings, RecordRoutes records) {
        settings.routes.get(PREFIX + "/workflows/{id}/history", records::history);
        settings.routes.get(PREFIX + "/workflows/{id}/values/{key}", records::value);
        settings.routes.get(PREFIX + "/workflows/{id}/forks", records::forks);
    }

    private static void addCommandRoutes(JavalinConfig settings, CommandRoutes commands) {
        settings.routes.post(PREFIX + "/workflows/{id}/cancel", commands::cancel);
        settings.routes.post(PREFIX + "/workflows/{id}/terminate", commands::terminate);
        settings.routes.post(PREFIX + "/workflows/{id}/pause", commands::pause);
        settings.routes.post(PREFIX + "/workflows/{id}/unpause", commands::unpause);
        settings.routes.post(PREFIX + "/workflows/{id}/resume", commands::resume);
        settings.routes.post(PREFIX + "/workflows/{id}/rewind", commands::rewind);
        settings.routes.post(PREFIX + "/workflows/{id}/fork", commands::fork);
        settings.routes.post(PREFIX + "/workflows/{id}/priority", commands::setPriority);
        settings.routes.post(PREFIX + "/workflows/{id}/move", commands::move);
        settings.routes.post(PREFIX + "/workflows/{id}/messages", commands::send);
    }

    private static void addQueueRoutes(JavalinConfig settings, QueueRoutes queues) {
        settings.routes.get(PREFIX + "/queues", queues::list);
        settings.routes.get(PREFIX + "/queues/{queue}", queues::get);
        settings.routes.put(PREFIX + "/queues/{queue}", queues::set);
        settings.routes.get(PREFIX + "/queues/{queue}/workflows", queues::workflows);
    }

    private static void addBulkRoutes(JavalinConfig settings, BulkRoutes bulk) {
        settings.routes.post(PREFIX + "/workflows:cancel", bulk::cancel);
        settings.routes.post(PREFIX + "/workflows:terminate", bulk::terminate);
        settings.routes.post(PREFIX + "/workflows:resume", bulk::resume);
        settings.routes.post(PREFIX + "/workflows:fork", bulk::fork);
        settings.routes.post(PREFIX + "/workflows:priority", bulk::setPriority);
        settings.routes.post(PREFIX + "/workflows:move", bulk::move);
    }

    private static void addHealthRoutes(JavalinConfig settings, Supplier<Readiness> readiness) {
        settings.routes.get("/health/live", ctx -> health(ctx, "live"));
        settings.routes.get("/health/ready", ctx -> {
            Readiness now = readiness.get();
            if (now.ready()) {
                health(ctx, "ready");
            } else {
                throw new ProblemException(Problem.unavailable("not ready yet: " + now.detail()));
            }
        });
    }

    private static void health(Context ctx, String state) {
        ctx.contentType("application/json").result("{\"status\":\"" + state + "\"}");
    }

    private static void addErrors(JavalinConfig settings) {
        settings.routes.exception(
                Exception.class, (error, ctx) -> Problems.of(error).writeTo(ctx));
        settings.routes.exception(
                HttpResponseException.class,
                (error, ctx) -> Problems.of(error, ctx).writeTo(ctx));
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Stops to serve; requests that wait are ended. */
    @Override
    public void close() {
        javalin.stop();
    }
}
