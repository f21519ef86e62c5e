package io.millrace.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.millrace.client.MillraceClient;
import java.util.List;
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
    private final List<Routes> routes;

    private ApiServer(Javalin javalin, List<Routes> routes) {
        this.javalin = javalin;
        this.routes = routes;
    }

    /**
     * Starts to serve.
     *
     * @param client whose workflows; it is not closed with the server
     * @param readiness asked at each {@code GET /health/ready}; must not block
     * @throws IllegalStateException if the port cannot be listened on; the message says what to do
     */
    public static ApiServer start(ApiConfig config, MillraceClient client, Supplier<Readiness> readiness) {
        List<Routes> routes = routes(config, client, readiness);
        Javalin javalin = Javalin.create(settings -> {
            configure(settings, config);
            routes.forEach(some -> some.addTo(settings.routes));
            addErrors(settings);
        });
        try {
            return new ApiServer(javalin.start(config.host(), config.port()), routes);
        } catch (JavalinBindException e) {
            throw new IllegalStateException(
                    "cannot listen on " + config.host() + ":" + config.port()
                            + ": another program has the port, or it is not allowed. Choose another one.",
                    e);
        }
    }

    private static List<Routes> routes(ApiConfig config, MillraceClient client, Supplier<Readiness> readiness) {
        return List.of(
                new WorkflowRoutes(client, config.maxBodyBytes()),
                new RecordRoutes(client),
                new CommandRoutes(client, config.maxBodyBytes()),
                new BulkRoutes(client, config.maxBodyBytes()),
                new QueueRoutes(client, config.maxBodyBytes()),
                new EventRoutes(client),
                new WorkerRoutes(client),
                new OpenApiRoutes(),
                new MetricsRoute(client),
                new HealthRoutes(readiness));
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

    private static void addErrors(JavalinConfig settings) {
        settings.routes.exception(
                Exception.class, (error, ctx) -> Problems.of(error).writeTo(ctx));
        settings.routes.exception(
                HttpResponseException.class,
                (error, ctx) -> Problems.of(error, ctx).writeTo(ctx));
    }

    /** Every route, as its method and its path, such as {@code GET /api/v1/workflows/{id}}. */
    List<String> routeNames() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint.method.name() + " " + handler.endpoint.path)
                .toList();
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Stops to serve; requests that wait are ended. */
    @Override
    public void close() {
        routes.forEach(Routes::close);
        javalin.stop();
    }
}
